"""What a log and a bank say of one's progress: figures as values, drawn by nobody here."""
