from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.pool import NullPool

from succession.cluster import SUPERUSER, Cluster, ClusterError
from succession.db import make_engine


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path / "cluster", fleeting=True)
    yield cluster
    cluster.remove()
    assert not cluster.place.exists()


def number_of_tables(cluster):
    with make_engine(cluster.url(SUPERUSER, "postgres"), poolclass=NullPool).connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM pg_class"))


def test_several_starts_at_once_make_one_cluster(cluster):
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: cluster.start(), range(4)))
    assert sorted(started) == [False, False, False, True]
    assert number_of_tables(cluster) > 100


def test_a_cluster_half_made_is_made_anew(cluster):
    cluster.start()
    cluster.stop()
    half = cluster.home / "data.new"
    cluster.data.rename(half)
    (half / "global" / "pg_control").unlink()
    assert cluster.start()
    assert number_of_tables(cluster) > 100
    assert not half.exists()


def test_it_stops_and_starts_again_with_what_it_held(cluster):
    assert cluster.start()
    assert cluster.is_running()
    assert cluster.stop()
    assert not cluster.stop()
    assert not cluster.is_running()
    assert cluster.start()
    assert not cluster.start()


def test_it_listens_on_no_network(cluster):
    cluster.start()
    with make_engine(cluster.url(SUPERUSER, "postgres"), poolclass=NullPool).connect() as connection:
        assert connection.scalar(text("SHOW listen_addresses")) == ""
    assert (cluster.socket_folder.stat().st_mode & 0o777) == 0o700


def test_a_server_whose_socket_was_swept_away_is_started_again(cluster):
    cluster.start()
    for path in cluster.socket_folder.iterdir():
        path.unlink()
    assert not cluster.is_running()
    assert cluster.start()
    assert number_of_tables(cluster) > 100


def test_a_link_in_place_of_the_socket_folder_is_refused(cluster, tmp_path):
    cluster.start()
    cluster.stop()
    cluster.socket_folder.rename(cluster.home / "elsewhere")
    cluster.socket_folder.symlink_to(cluster.home / "elsewhere")
    with pytest.raises(ClusterError, match="private folder"):
        cluster.start()
    cluster.socket_folder.unlink()
    (cluster.home / "elsewhere").rename(cluster.socket_folder)


def test_data_of_another_version_name_the_package_that_is_missing(cluster):
    cluster.start()
    cluster.stop()
    version = (cluster.data / "PG_VERSION").read_text()
    (cluster.data / "PG_VERSION").write_text("99\n")
    with pytest.raises(ClusterError, match="postgresql-99-postgis-3"):
        cluster.start()
    (cluster.data / "PG_VERSION").write_text(version)


def test_a_path_too_long_for_a_socket_gets_a_short_one():
    cluster = Cluster(Path("/") / ("x" * 60) / ("y" * 60))
    assert len(str(cluster.socket_folder / ".s.PGSQL.5432")) <= 107
