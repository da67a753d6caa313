package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// jsonReader cuts JSON into values without understanding them, so that one that is damaged does not
// take the next ones with it, and no value takes more memory than a limit.
type jsonReader struct {
	r    *bufio.Reader
	line int // of the next byte, from 1
	most int64
	buf  []byte
}

// start passes over space and commas and returns the byte that comes next, without taking it.
func (j *jsonReader) start() (byte, error) {
	for {
		b, err := j.take()
		if err != nil {
			return 0, err
		}
		if !strings.ContainsRune(" \t\r\n,", rune(b)) {
			return b, j.r.UnreadByte()
		}
	}
}

func (j *jsonReader) take() (byte, error) {
	b, err := j.r.ReadByte()
	if b == '\n' && err == nil {
		j.line++
	}
	return b, err
}

// value takes the next value; it is overwritten by the next call. The error is io.ErrUnexpectedEOF
// where the text ends in it.
func (j *jsonReader) value() ([]byte, error) {
	j.buf = j.buf[:0]
	first, size := j.line, int64(0)
	depth, quoted, escaped := 0, false, false
	for done := false; !done; {
		b, err := j.r.ReadByte()
		if err != nil {
			if err == io.EOF && size > 0 && (size > j.most || depth == 0 && !quoted) {
				break
			}
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if depth == 0 && !quoted && size > 0 && strings.IndexByte(" \t\r\n,]}", b) >= 0 {
			if err := j.r.UnreadByte(); err != nil {
				return nil, err
			}
			break
		}
		if size++; size <= j.most {
			j.buf = append(j.buf, b)
		}
		if b == '\n' {
			j.line++
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped = b == '\\'
			if b == '"' {
				quoted, done = false, depth == 0
			}
		case b == '"':
			quoted = true
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
			done = depth <= 0
		}
	}
	if size > j.most {
		return nil, &tooLongError{"row", first, size, j.most}
	}
	return j.buf, nil
}

// bareWord begins the strings that repaired makes of words without quotes.
const bareWord = "\x00"

// repaired puts words that JSON does not know, such as the NaN and Infinity of Python and
// JavaScript, into marked strings.
func repaired(text []byte) []byte {
	var out []byte
	copied := 0
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b == '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case strings.IndexByte(" \t\r\n,:{}[]", b) < 0:
			end := len(text)
			if n := bytes.IndexAny(text[i:], " \t\r\n,:{}[]\""); n >= 0 {
				end = i + n
			}
			if word := text[i:end]; !json.Valid(word) && printable(word) {
				out = append(append(append(append(out, text[copied:i]...), `"\u0000`...), word...), '"')
				copied = end
			}
			i = end - 1
		}
	}
	if out == nil {
		return text
	}
	return append(out, text[copied:]...)
}

// printable says whether a word consists of letters, digits and signs that a string can hold as
// they are.
func printable(word []byte) bool {
	for _, b := range word {
		if b <= ' ' || b > '~' || b == '\\' {
			return false
		}
	}
	return true
}
