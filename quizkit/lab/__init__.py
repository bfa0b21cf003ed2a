"""Small networks trained from scratch, to see what happens in them: mathematics only, nothing is printed."""
