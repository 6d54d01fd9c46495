"""Scenarios in Japanese: the step vocabulary, its lint, and the pytest-bdd plugin that runs feature files.

Kept empty: pytest loads ``gherkin.plugin`` in every run of an environment that has this package.
"""
