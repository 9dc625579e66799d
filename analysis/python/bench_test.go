package python

import (
	"strings"
	"testing"
)

func BenchmarkReadModule(b *testing.B) {
	src := []byte(strings.Repeat(`
import os.path as path
from collections import (
    OrderedDict,
    namedtuple,
)

try:
    import json
except ImportError:
    json = None


class Runner(object):
    """Runs what it is given."""

    name = 'runner'

    def run(self, task, *args, **kwargs):
        if task in self.tasks and not self.closed:
            return self.tasks[task](*args, **dict(kwargs, name=self.name))
        raise ValueError("unknown task: {}".format(task))


def main(argv=None):
    runner = Runner()
    for task in argv or []:
        print(runner.run(task, verbose=True))
`, 100))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		ReadModule(src)
	}
}

func BenchmarkParseRequirements(b *testing.B) {
	src := []byte(strings.Repeat("requests[security]>=2.18,<3 ; python_version >= \"3.6\"  # why\nsix==1.11.0\n", 100))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		ParseRequirements(src)
	}
}
