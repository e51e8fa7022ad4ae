"""Recipes for the files that the report and the explorer show."""
