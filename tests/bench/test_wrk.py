"""What `wrk` prints, read."""

import pytest

from bench import wrk

PRINTED = """Running 6s test @ http://127.0.0.1:8000/
  1 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   412.20us    1.20ms  16.04ms   99.09%
    Req/Sec     9.96k   164.03    11.38k    71.09%
  Latency Distribution
     50%  370.00us
     75%    5.60ms
     90%    7.26ms
     99%    1.05s
  59760 requests in 6.00s, 2.23MB read
Requests/sec:   9960.00
Transfer/sec:      2.03MB
"""


def test_its_numbers_are_read() -> None:
    assert wrk.read(PRINTED) == {"requests": 59760, "per_second": 9960.0, "p50_ms": 0.37, "p99_ms": 1050.0}


@pytest.mark.parametrize(
    "wrong", ["Non-2xx or 3xx responses: 2", "Socket errors: connect 0, read 3, write 0, timeout 0"]
)
def test_a_wrong_answer_ends_the_run(wrong: str) -> None:
    with pytest.raises(SystemExit, match=wrong):
        wrk.read(PRINTED.replace("Requests/sec", f"  {wrong}\nRequests/sec"))


def test_what_is_not_a_report_ends_the_run() -> None:
    with pytest.raises(SystemExit, match="not understood"):
        wrk.read("unable to connect to 127.0.0.1:1 Connection refused")
