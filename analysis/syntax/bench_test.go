package syntax

import (
	"bytes"
	"testing"

	"github.com/bazelbuild/buildtools/build"
)

// plainText is a BUILD file as most are, of about 1.6 kB.
var plainText = []byte(`# Copyright 2026 The buildlint authors.

` + benchTargets)

// rewrittenText holds Python that the parser does not know.
var rewrittenText = []byte("import os\n\n" + benchTargets)

const benchTargets = `python_library(
  name='_runner',
  sources=rglobs('*.py'),
  dependencies=[
    '3rdparty/python:psutil',
    'src/main/python/apache/thermos/common:common',
    'src/main/python/apache/thermos/config',
    'src/main/python/apache/thermos/core',
    ':resources',  # kept last
  ],
)

python_binary(
  name='thermos_runner',
  entry_point='apache.thermos.bin.thermos_runner',
  dependencies=[
    ':_runner',
  ],
)

python_library(
  name='runner',
  dependencies=[
    ':_runner',
  ],
  provides=setup_py(
    name='apache.thermos.runner',
    version=open('.auroraversion').read().strip().upper(),
    description='The thermos runner, which runs processes.',
  ).with_binaries({
    'thermos_runner': ':thermos_runner',
  }),
)

resources(
  name='resources',
  sources=globs('*.txt') + globs('*.css') - globs('old*'),
)

python_tests(
  name='all',
  sources=globs('test_*.py', exclude=[['test_slow.py']]),
  dependencies=[':runner', '3rdparty/python:mock', 'src/test/python/apache/thermos/testing:util'],
  coverage=['apache.thermos.runner'],
  timeout=60,
)
`

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(plainText)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(plainText)
	}
}

// BenchmarkParserAlone is what BenchmarkParse is measured against.
func BenchmarkParserAlone(b *testing.B) {
	b.SetBytes(int64(len(plainText)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := build.ParseBuild("", plainText[:len(plainText):len(plainText)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseLarge(b *testing.B) {
	src := bytes.Repeat(plainText, 100)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Parse(src)
	}
}

func BenchmarkParserAloneLarge(b *testing.B) {
	src := bytes.Repeat(plainText, 100)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := build.ParseBuild("", src[:len(src):len(src)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseRewritten(b *testing.B) {
	b.SetBytes(int64(len(rewrittenText)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(rewrittenText)
	}
}

func BenchmarkScan(b *testing.B) {
	b.SetBytes(int64(len(plainText)))
	for b.Loop() {
		for range Scan(plainText) {
		}
	}
}
