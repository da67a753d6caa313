package container

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	parquetformat "github.com/parquet-go/parquet-go/format"

	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/table"
)

// pictureColumns says where a Parquet file has its pictures: in a group with the bytes of each and
// its path, as the Hugging Face hub has them, or in a column of bytes.
type pictureColumns struct {
	pictures, labels int // numbers of columns; labels is -1 where there are none
	picture, label   string
	others           []string // columns that hold pictures, too
	classes          []string // names of the labels, where the file knows them
	types            []parquetformat.LogicalTypeValue
}

// pictureColumnsOf returns nil where a file has no pictures. What a column holds, its first values
// decide; a name that promises pictures counts where no column begins with some.
func pictureColumnsOf(f *parquet.File) *pictureColumns {
	c := &pictureColumns{pictures: -1, labels: -1}
	var leaves []parquet.LeafColumn
	held, named := -1, -1 // by what a column holds, and by its name
	heldNamed := false
	var holding []string
	for _, leaf := range f.Schema().Columns() {
		column, _ := f.Schema().Lookup(leaf...)
		leaves = append(leaves, column)
		if column.Node == nil || column.MaxRepetitionLevel > 0 || column.Node.Type().Kind() != parquet.ByteArray || column.Node.Type().LogicalType() != nil {
			continue
		}
		inGroup := len(leaf) == 2 && leaf[1] == "bytes"
		promised := inGroup || len(leaf) == 1 && slices.Contains([]string{"image", "img", "picture", "pixels", "jpg", "png", "bytes"}, strings.ToLower(leaf[0]))
		full := strings.Join(leaf, ".")
		if promised && named < 0 {
			named = column.ColumnIndex
		}
		if !beginsWithPictures(f, column.ColumnIndex) {
			continue
		}
		holding = append(holding, full)
		if held < 0 || promised && !heldNamed {
			held, heldNamed, c.picture = column.ColumnIndex, promised, full
		}
	}
	if c.pictures = held; held < 0 {
		c.pictures = named
	}
	if c.pictures < 0 {
		return nil
	}
	c.others = slices.DeleteFunc(holding, func(name string) bool { return name == c.picture })
	c.types = table.LeafTypes(f, leaves)
	c.findLabels(f)
	return c
}

// firstValues is how many values of a column tell what it holds.
const firstValues = 16

// beginsWithPictures says whether at least half of the first values of a column are pictures.
func beginsWithPictures(f *parquet.File, column int) bool {
	pictures, seen := 0, 0
	for _, group := range f.RowGroups() {
		pages := group.ColumnChunks()[column].Pages()
		page, err := pages.ReadPage()
		if err == nil {
			var values [firstValues]parquet.Value
			n, err := page.Values().ReadValues(values[:])
			if err != nil && err != io.EOF {
				n = 0
			}
			for _, v := range values[:n] {
				if v.IsNull() {
					continue
				}
				seen++
				if b := v.ByteArray(); picture.Sniff(b) != nil {
					pictures++
				}
			}
			parquet.Release(page)
		}
		pages.Close()
		if seen > 0 || err != nil && err != io.EOF {
			break
		}
	}
	return seen > 0 && 2*pictures >= seen
}

// feature is what the Hugging Face hub writes down of a column.
type feature struct {
	Type  string `json:"_type"`
	Names []string
}

// findLabels finds the column of labels: one that is called so, else one that the file says has
// classes.
func (c *pictureColumns) findLabels(f *parquet.File) {
	var meta struct {
		Info struct {
			Features map[string]json.RawMessage
		}
	}
	if text, ok := f.Lookup("huggingface"); ok {
		_ = json.Unmarshal([]byte(text), &meta) // without it labels are numbers
	}
	features := make(map[string]feature)
	for name, text := range meta.Info.Features {
		var known feature
		if json.Unmarshal(text, &known) == nil {
			features[name] = known
		}
	}
	find := func(is func(name string) bool) {
		for _, leaf := range f.Schema().Columns() {
			column, _ := f.Schema().Lookup(leaf...)
			if c.labels < 0 && len(leaf) == 1 && is(leaf[0]) && column.MaxRepetitionLevel == 0 {
				c.labels, c.label = column.ColumnIndex, leaf[0]
			}
		}
	}
	for _, want := range []string{"label", "labels", "class", "category", "target", "fine_label", "kind", "y"} {
		find(func(name string) bool { return strings.EqualFold(name, want) })
	}
	find(func(name string) bool { return features[name].Type == "ClassLabel" })
	c.classes = features[c.label].Names
}

// readLabels reads the class of each row, "" for none.
func (c *pictureColumns) readLabels(ctx context.Context, f *parquet.File) (labels []string, err error) {
	if c.labels < 0 {
		return nil, nil
	}
	err = eachValue(ctx, f, c.labels, func(v parquet.Value) error {
		word := ""
		if !v.IsNull() {
			word, _ = table.ParquetCell(v, c.types[c.labels])
			if k, err := strconv.Atoi(word); err == nil && k >= 0 && k < len(c.classes) {
				word = c.classes[k]
			}
		}
		labels = append(labels, word)
		return nil
	})
	return labels, err
}
