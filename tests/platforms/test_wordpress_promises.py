"""The WordPress adapter keeps a platform's promises, on our own blog and on a real WordPress."""

from collections.abc import Iterator

import pytest

from tests.platforms.stages import PracticeStage, RealStage
from tests.wordpress.server import WordPress
from torget.platforms.stage import SendingStage
from torget.platforms.testkit import PlatformPromises
from torget.platforms.testkit_sending import SendingPromises
from torget.practice.blog.server import PracticeBlog


class TestOnThePracticeBlog(PlatformPromises, SendingPromises):
    @pytest.fixture(autouse=True)
    def _blog(self) -> Iterator[None]:
        with PracticeBlog() as self.blog:
            yield

    def make(self) -> SendingStage:
        return PracticeStage(self.blog)


@pytest.mark.wordpress
class TestOnARealWordPress(PlatformPromises, SendingPromises):
    @pytest.fixture(autouse=True)
    def _site(self, wordpress: WordPress) -> None:
        self.site = wordpress

    def make(self) -> SendingStage:
        return RealStage(self.site)
