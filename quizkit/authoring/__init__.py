"""Writing questions of one's own: the template, the draft and its checks, taking files in and out, the schema."""
