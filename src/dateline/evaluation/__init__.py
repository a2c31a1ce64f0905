"""The eval harness: does this change make extraction better, and how sure are we."""
