"""How long a post may be on platforms that people write on by hand, in characters."""

from collections.abc import Mapping

# As the platforms' own pages said in November 2026. What an adapter says itself goes first.
LONGEST: Mapping[str, int] = {
    "bluesky": 300,
    "facebook": 63_206,
    "instagram": 2_200,
    "linkedin": 3_000,
    "mastodon": 500,
    "threads": 500,
    "tiktok": 2_200,
    "x": 280,
    "youtube": 5_000,
}
