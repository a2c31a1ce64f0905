"""From words of the article to values: numbers, dates, actors and places."""
