package table

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
	"ganvas/engine/wholefile"
)

// Peeked is how much of a text decides how it is read.
const Peeked = 64 << 10

// OpenText opens a file of text: a table divided by commas or something else, or JSON.
func OpenText(ctx context.Context, file string, o dataset.Options, lim dataset.Limits, progress func(done, total int)) (dataset.Set, error) {
	read := func(ctx context.Context, t *Table) error {
		f, err := os.Open(file)
		if err != nil {
			return wholefile.Cause(err)
		}
		defer f.Close()
		r, err := files.Unzipped(f)
		if err != nil {
			return err
		}
		defer r.Close()
		t.told = rowsOf(f, progress)
		return t.readText(ctx, r, filepath.Base(file))
	}
	t := &Table{Lim: lim}
	if err := read(ctx, t); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return t.open(ctx, file, o, read)
}

// readText reads a table of any of the kinds; name names it where lines are left out.
func (t *Table) readText(ctx context.Context, r io.Reader, name string) error {
	r = &LimitedText{R: files.Cancellable{Ctx: ctx, Reader: r}, Most: t.Lim.Memory, Left: t.Lim.Memory}
	sum := sha256.New()
	if !t.second {
		r = io.TeeReader(r, sum)
	}
	br := bufio.NewReaderSize(r, Peeked)
	plain, tail, err := t.InUTF8(br)
	if err != nil {
		return err
	}
	head, _ := plain.Peek(Peeked)
	if begin := bytes.TrimSpace(head); len(begin) > 0 && (begin[0] == '{' || begin[0] == '[' && jsonArray(begin)) {
		t.exact = true
		err = t.ReadJSON(ctx, plain, name)
	} else {
		form := DelimitedAs(head)
		err = t.readDelimited(ctx, NewRecords(plain, form.Comma, t.Lim.Line), form, name)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, plain) // what was left out belongs to the file's sum
	}
	if err != nil {
		return err
	}
	if tail.tail > 0 {
		t.note(wording.Counted(tail.tail, "byte", "bytes") + " at the end that are no text left out")
	}
	sum.Sum(t.sum[:0])
	return nil
}

// LimitedText fails, rather than ends, at a limit.
type LimitedText struct {
	R          io.Reader
	Most, Left int64
}

// Read reads up to the limit.
func (l *LimitedText) Read(p []byte) (int, error) {
	if l.Left == 0 {
		var one [1]byte
		if n, err := io.ReadFull(l.R, one[:]); n == 0 {
			return 0, err
		}
		return 0, fmt.Errorf("more than %s bytes of text: divide it into several files", wording.Thousands(int(l.Most)))
	}
	n, err := l.R.Read(p[:min(int64(len(p)), l.Left)])
	l.Left -= int64(n)
	return n, err
}

// InUTF8 recognises how text is coded: UTF-8 and UTF-16, with a byte order mark or without, else
// Windows-1252, which holds all of Latin-1's letters. The text's lines end in line feeds.
func (t *Table) InUTF8(br *bufio.Reader) (*bufio.Reader, *plainText, error) {
	head, _ := br.Peek(Peeked)
	lined := func(r io.Reader) (*bufio.Reader, *plainText, error) {
		p := &plainText{r: r}
		return bufio.NewReaderSize(p, Peeked), p, nil
	}
	var coding encoding.Encoding
	zeros := [2]int{}
	text := bytes.TrimRight(head, "\x00\x1a") // what may be filled up at its end
	for i, b := range text {
		if b == 0 {
			zeros[i&1]++
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return nil, nil, errors.New("text in UTF-32: save it in UTF-8")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), zeros[1] > len(text)/4 && zeros[0] == 0:
		coding = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), zeros[0] > len(text)/4 && zeros[1] == 0:
		coding = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case zeros[0]+zeros[1] > 0:
		return nil, nil, errors.New("not a text file: save the points as CSV")
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		br.Discard(3)
		return lined(br)
	case utf8.Valid(head[:lastRune(head)]):
		return lined(br)
	default:
		t.note("text taken for Windows-1252")
		return lined(charmap.Windows1252.NewDecoder().Reader(br))
	}
	t.note("text in UTF-16")
	return lined(coding.NewDecoder().Reader(br))
}

// lastRune returns where text that may be cut within a letter has its last whole one's end.
func lastRune(b []byte) int {
	for n := len(b); n > len(b)-4 && n > 0; n-- {
		if r, size := utf8.DecodeLastRune(b[:n]); r != utf8.RuneError || size != 1 {
			return n
		}
	}
	return len(b)
}
