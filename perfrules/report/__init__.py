"""Results as pages that people read: of one entity, of a cohort."""
