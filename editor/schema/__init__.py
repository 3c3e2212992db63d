"""What a post may say about itself: content types and the kinds of their fields."""
