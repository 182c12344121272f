"""Rules across entities: rounds of evaluation, and the statistics that each round makes of the values of all."""

from perfrules.evaluate.cohort.needed import has_cohort_rules

__all__ = ["has_cohort_rules"]
