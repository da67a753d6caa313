package recipe

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutMark takes off the byte order mark that Notepad and PowerShell put before text. The
// problem is that of text which is not in UTF-8.
func withoutMark(data []byte) (text []byte, p Problem, bad bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	head := data[:min(len(data), 64)]
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) || len(head) >= 4 && bytes.Count(head, []byte{0}) >= len(head)/3 {
		return nil, Problem{element: -1, Message: "not TOML: text in UTF-16: save it in UTF-8, in Notepad with Save as, in PowerShell with -Encoding utf8"}, true
	}
	if !utf8.Valid(data) {
		line := 1
		for rest := data; ; {
			r, n := utf8.DecodeRune(rest)
			if r == utf8.RuneError && n == 1 {
				break
			}
			if rest = rest[n:]; r == '\n' {
				line++
			}
		}
		return nil, Problem{element: -1, Line: line, Message: "not TOML: a letter that is not in UTF-8: save the file in UTF-8"}, true
	}
	return data, Problem{}, false
}

// quotedPath matches text in double quotes with a backslash: a path of Windows, more likely than
// not.
var quotedPath = regexp.MustCompile(`"[^"\n]*\\[^"\n]*"?`)

// quoteRemedy says what to do about the quotes of a line that is not TOML, or nothing.
func quoteRemedy(line string) string {
	switch {
	case strings.ContainsAny(line, "“”„‟‘’‚«»"):
		return `: write straight quotes, "so" or 'so'`
	case quotedPath.MatchString(line):
		return `: in double quotes a \ begins a sign of its own: write a path in 'single quotes' or with /`
	}
	return ""
}

// lineAt returns a line of a document, from 1.
func lineAt(data []byte, n int) string {
	for line := range bytes.Lines(data) {
		if n--; n == 0 {
			return string(line)
		}
	}
	return ""
}

// checkPath refuses what a path of Windows in double quotes becomes: "C:\new" holds a line break.
func checkPath(s string) string {
	for _, r := range s {
		if unicode.IsControl(r) {
			return fmt.Sprintf(`%q holds %q: in double quotes a \ begins a sign of its own: write a path in 'single quotes' or with /`, shorten(s), r)
		}
	}
	return ""
}
