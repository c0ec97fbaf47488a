"""The WordPress adapter keeps a platform's promises, on our own blog and on a real WordPress."""

from collections.abc import Iterator

import pytest

from tests.platforms.stages import PracticeStage, RealStage
from tests.wordpress.server import WordPress
from torget.platforms.stage import Stage
from torget.platforms.testkit import PlatformPromises
from torget.practice.blog.server import PracticeBlog


class TestOnThePracticeBlog(PlatformPromises):
    @pytest.fixture(autouse=True)
    def _blog(self) -> Iterator[None]:
        with PracticeBlog() as self.blog:
            yield

    def make(self) -> Stage:
        return PracticeStage(self.blog)


@pytest.mark.wordpress
class TestOnARealWordPress(PlatformPromises):
    @pytest.fixture(autouse=True)
    def _site(self, wordpress: WordPress) -> None:
        self.site = wordpress

    def make(self) -> Stage:
        return RealStage(self.site)
