"""A rubric kept in Excel as the skeleton of a ruleset: outline, marks and titles exact, rules drafted for review."""

from perfrules.rubrics.skeleton.findings import Finding
from perfrules.rubrics.skeleton.make import NoRubric, Skeleton, skeleton_of
from perfrules.rubrics.skeleton.rubric import Item, Rubric

__all__ = ["Finding", "Item", "NoRubric", "Rubric", "Skeleton", "skeleton_of"]
