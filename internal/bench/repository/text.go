package repository

import (
	"fmt"
	"strings"
)

// requirements is how many third-party libraries there are.
const requirements = 120

func requirementName(i int) string { return fmt.Sprintf("vendor.%s%d", words[i%len(words)], i) }

func requirement(i int) string { return "3rdparty/python:" + requirementName(i) }

func requirementsFile() string {
	var b strings.Builder
	for i := range requirements {
		fmt.Fprintf(&b, "%s==1.%d.0\n", requirementName(i), i)
	}
	return b.String()
}

// words are what libraries are named after.
//
//nolint:gochecknoglobals // a constant table
var words = [...]string{
	"scheduler", "storage", "client", "executor", "observer", "monitor", "config", "health", "session", "registry",
	"gateway", "metrics", "quota", "planner", "resolver", "archive", "billing",
}

//nolint:gochecknoglobals // a constant table
var rootFiles = []file{
	{"pants.ini", "[GLOBAL]\npants_version: 1.15.0\nbuild_file_imports: allow\n"},
	{".gitignore", "*.pyc\n*.egg-info/\n/.pants.d/\n/dist/\n/build-support/*.venv\n"},
	{".version", "0.23.0-snapshot\n"},
	{"3rdparty/python/BUILD", license + "\npython_requirements()\n"},
	{"3rdparty/python/requirements.txt", requirementsFile()},
	{sourceRoot + "/examplecorp/__init__.py", ""},
}

const license = `#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
#
`

const libraryModule = `
from __future__ import print_function

from .errors import Failed


class Task(object):
  """A unit of work."""

  def __init__(self, name, attempts=3):
    self._name = name
    self._attempts = attempts

  def run(self, work):
    for attempt in range(self._attempts):
      try:
        return work(self._name, attempt)
      except Failed as e:
        print('%s failed: %s' % (self._name, e))
    raise Failed('%s failed %d times' % (self._name, self._attempts))
`

const errorsModule = `

class Failed(Exception):
  """A task failed."""


class Cancelled(Failed):
  """A task was cancelled."""
`

const mainModule = `
import argparse
import sys


def parse(args):
  parser = argparse.ArgumentParser()
  parser.add_argument('--verbose', action='store_true')
  return parser.parse_args(args)


def main():
  options = parse(sys.argv[1:])
  if options.verbose:
    print(options)
  return 0


if __name__ == '__main__':
  sys.exit(main())
`

const testModule = `
import unittest


class TaskTest(unittest.TestCase):
  def test_run(self):
    self.assertEqual(2, 1 + 1)
`
