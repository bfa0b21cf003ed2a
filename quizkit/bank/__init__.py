"""YAML question banks: read, checked, compiled and searched."""
