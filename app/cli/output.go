package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"syscall"
	"unicode"
	"unicode/utf8"
)

// errUnread is the error of results that nobody reads any more, such as those behind the first
// lines for head.
var errUnread = errors.New("nobody reads the output")

// output is a stream for people and scripts. Names of files, labels and recipes come from anywhere:
// characters that a terminal would obey are written as JSON writes them, so that JSON stays what it
// is. Its methods may be called from several goroutines.
type output struct {
	w io.Writer

	mu   sync.Mutex
	rest []byte // the beginning of a character whose end was not written yet
}

func newOutput(w io.Writer) *output { return &output{w: w} }

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	text := append(o.rest, p...)
	whole := len(text) - unfinished(text)
	o.rest = append([]byte(nil), text[whole:]...)
	if err := o.put(printable(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// flush writes what was held back for the end of a character that has not come.
func (o *output) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	_ = o.put(printable(string(o.rest))) // nothing can be done about it any more
	o.rest = nil
}

func (o *output) put(text string) error {
	_, err := io.WriteString(o.w, text)
	if errors.Is(err, syscall.EPIPE) {
		return errUnread
	}
	return err
}

// unfinished returns how many bytes at the end of text are the beginning of a character.
func unfinished(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if b := text[len(text)-n:]; utf8.RuneStart(b[0]) {
			if utf8.FullRune(b) {
				return 0
			}
			return n
		}
	}
	return 0
}

// printable escapes all that a terminal would obey rather than show, but for ends of lines and
// tabs.
func printable(s string) string { return escaped(s, "\n\t") }

// cell is text in one cell of a table, without what would begin another.
func cell(s string) string { return escaped(s, "") }

// escaped escapes control characters, C1 with them, marks that turn the direction of writing, and
// bytes that are no text, except those characters in allowed.
func escaped(s, allowed string) string {
	obeyed := func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune(allowed, r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
	}
	if utf8.ValidString(s) && !strings.ContainsFunc(s, obeyed) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch _, size := utf8.DecodeRuneInString(s[i:]); {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case obeyed(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Printable returns a message without what a terminal would obey rather than show.
func Printable(message string) string { return printable(message) }
