"""What others do to the files of open posts: noticed, taken over, merged or asked about, and never lost."""
