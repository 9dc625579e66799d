package syntax

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScan(t *testing.T) {
	names := map[TokenKind]string{
		NewlineTok: "newline", CommentTok: "comment", NameTok: "name", NumberTok: "number", StringTok: "string",
		OpTok: "op", ConflictTok: "conflict", BadTok: "bad",
	}
	for _, tc := range []struct {
		name, src string
		want      []string
	}{
		{"statement", "a = 1  # b\n", []string{"name a", "op =", "number 1", "comment # b", "newline \n"}},
		{"no final newline", "a", []string{"name a", "newline "}},
		{"brackets", "f(\n\n)\r\n", []string{"name f", "op (", "op )", "newline \r\n"}},
		{"blank lines", "\n# a\n\n", []string{"comment # a"}},
		{"continuation", "a \\\n b", []string{"name a", "name b", "newline "}},
		{"byte order mark", "\xef\xbb\xbfa", []string{"name a", "newline "}},
		{"strings", `'a\'' rb"b" """c"d"""`, []string{`string 'a\''`, `string rb"b"`, `string """c"d"""`, "newline "}},
		{"unclosed string", "'a)\nb", []string{"bad 'a)", "newline \n", "name b", "newline "}},
		{"unclosed triple", "'''a\nb", []string{"bad '''a", "newline \n", "name b", "newline "}},
		{"numbers", "1.5e-3j 0xFFL 0755 .5 1if", []string{
			"number 1.5e-3j", "number 0xFFL", "number 0755", "number .5", "number 1", "name if", "newline ",
		}},
		{"operators", "**= <> != -> := ... //", []string{
			"op **=", "op <>", "op !=", "op ->", "op :=", "op ...", "op //", "newline ",
		}},
		{"conflict", "<<<<<<< a\n=======\n", []string{"conflict <<<<<<< a", "conflict ======="}},
		{"stray characters", "$é\u00a0", []string{"bad $", "name é", "bad \u00a0", "newline "}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for tok := range Scan([]byte(tc.src)) {
				got = append(got, fmt.Sprintf("%s %s", names[tok.Kind], tok.Span.Text([]byte(tc.src))))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("tokens (-want +got):\n%s", diff)
			}
		})
	}
}
