"""What several tests of the lab need."""

from tests.lab.bench.load.conftest import make_recording as make_recording  # a fixture
