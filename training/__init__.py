"""Recipes: from open data and a base encoder to the files in `whowhom/encoder`. Not part of the package."""
