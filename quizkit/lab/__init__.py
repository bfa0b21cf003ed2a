"""Small networks trained from scratch, to see what happens in them: mathematics only, nothing is printed."""

NAMES = tuple("deck fair converge detector bias rate depth born revive race batch scale mine".split())
# of the experiments, in the order in which they tell their story; here, so that a card that names one imports no NumPy
