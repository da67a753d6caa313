package labelling

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/table"
	"ganvas/datasets/internal/wording"
)

// labelFile is a table that says the class of pictures by their files' names.
type labelFile struct {
	name    string
	folder  string // that it lies in, among the pictures; "" is none
	columns []string
	headed  bool // the columns' names were taken from the first line, which may be a row
	rows    [][]string
	bad     int // rows that cannot be read

	attributes []string // columns but for that of the files, once it is matched
	attribute  string   // the one that was taken
}

var errNoLabels = errors.New("no table of files and labels: give it two columns, the file and its label")

// errUnlabelled is what StyleGAN's table says of pictures without labels.
var errUnlabelled = errors.New("it says that there are none")

// readLabels reads a table of words: text divided by something, JSON, Parquet, or CelebA's list of
// attributes (Liu et al., "Deep learning face attributes in the wild", ICCV 2015): a line with the
// number of pictures, one with the names of the attributes, then each picture's file with 1 or -1
// for every attribute.
func readLabels(ctx context.Context, e files.Entry, lim dataset.Limits) (*labelFile, error) {
	if e.Size > lim.Labels {
		return nil, fmt.Errorf("a table of labels of %s bytes, over the limit of %s: keep the files and their labels alone", wording.Thousands(int(e.Size)), wording.Thousands(int(lim.Labels)))
	}
	f := &labelFile{name: path.Base(filepath.ToSlash(e.Name))}
	if !e.Alone {
		f.folder = path.Dir(e.Name)
	}
	r, err := e.Open(e.Name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	// It is limited whatever size it said it has.
	text := &table.LimitedText{R: files.Cancellable{Ctx: ctx, Reader: r}, Most: lim.Labels, Left: lim.Labels}
	t := &table.Table{Lim: lim}
	t.Take = func(cells []string) { f.rows = append(f.rows, slices.Clone(cells)) }
	switch strings.ToLower(path.Ext(e.Name)) {
	case ".parquet":
		err = readParquetLabels(ctx, t, text)
	case ".json", ".jsonl", ".ndjson":
		var plain *bufio.Reader
		if plain, _, err = t.InUTF8(bufio.NewReaderSize(text, table.Peeked)); err == nil {
			err = t.ReadJSON(ctx, plain, f.name)
		}
	default:
		err = f.readText(ctx, t, text, lim)
	}
	if err != nil {
		return nil, err
	}
	f.bad += len(t.Bad) + t.BadMore
	for _, c := range t.Columns {
		f.columns = append(f.columns, c.Name)
	}
	if t.Unnamed && len(f.columns) == 2 { // as StyleGAN's pairs
		f.columns = []string{"file", "label"}
	}
	if f.columns == nil && len(f.rows) > 0 {
		for i := range f.rows[0] {
			f.columns = append(f.columns, table.UnnamedColumn(i))
		}
	}
	if len(f.rows) == 1 && slices.Equal(f.columns, []string{"labels"}) && f.rows[0][0] == "" {
		return nil, errUnlabelled
	}
	if len(f.columns) < 2 || len(f.rows) == 0 && !f.headed {
		return nil, errNoLabels
	}
	return f, nil
}

// readParquetLabels reads a table of Parquet, whose end says what is in it.
func readParquetLabels(ctx context.Context, t *table.Table, r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return t.ReadParquet(ctx, bytes.NewReader(data), int64(len(data)))
}

// readText reads a table whose cells something divides.
func (f *labelFile) readText(ctx context.Context, t *table.Table, r io.Reader, lim dataset.Limits) error {
	plain, _, err := t.InUTF8(bufio.NewReaderSize(r, table.Peeked))
	if err != nil {
		return err
	}
	head, _ := plain.Peek(table.Peeked)
	form := table.DelimitedAs(head)
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	celeba := false
	if _, err := strconv.Atoi(string(bytes.TrimSpace(first))); err == nil && len(bytes.TrimSpace(rest)) > 0 {
		celeba, form = true, table.DelimitedAs(rest)
		if _, err := plain.ReadString('\n'); err != nil {
			return err
		}
	}
	records := table.NewRecords(plain, form.Comma, lim.Line)
	records.CSV.LazyQuotes = true
	for n := 0; ; n++ {
		record, _, err := records.Next()
		if err == io.EOF {
			return nil
		}
		var wrong *csv.ParseError
		if err := cmp.Or(ctx.Err(), err); err != nil && !errors.As(err, &wrong) {
			return err
		}
		if wrong != nil {
			f.bad++
		}
		if wrong != nil || n == 0 && form.Declared {
			n--
			form.Declared = false
			continue
		}
		record = slices.Clone(table.Trimmed(record, form.Comma))
		switch {
		case n == 0 && celeba:
			f.columns = append([]string{"file"}, record...)
		case n == 0 && strings.HasPrefix(record[0], "# "), strings.TrimSpace(strings.Join(record, "")) == "":
			n--
		case n == 0 && table.IsHeader(record):
			f.columns, f.headed = record, true
		default:
			f.rows = append(f.rows, record)
		}
	}
}
