"""YAML → nodes with their places, and the words and shapes of the policy language."""
