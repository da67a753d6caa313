// Package labelling finds the classes of pictures: in the folders that they lie in, in tables of
// files and labels among or beside them, in the names of the files.
package labelling

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
)

const (
	mostClasses    = 1000
	mostLabelFiles = 8 // that are tried
)

// Found are the labels of the pictures of a listing, and what was found beside them.
type Found struct {
	Index      []int32  // of each picture, -1 where it has none; nil: no labels
	Names      []string // of the classes
	From       string   // where the labels stand, if not in folders
	Attributes []string // columns of their table, but for that of the files
	Attribute  string   // the one they are from
	Said       []string // in plain sentences
	Tables     int      // files of the listing that turned out to be tables of labels
}

// Find finds the labels of pictures: those of the table that is asked for; else those that
// came with them: those in their Parquet file, in a table that other programs know by its name, the
// sub-folders', a table's among or beside the pictures, those in their names. Beside an error it
// returns what it found before.
func Find(ctx context.Context, l *files.Listing, good []*files.Entry, o dataset.Options, lim dataset.Limits) (Found, error) {
	c := &classifier{l: l, good: good, o: o, lim: lim}
	err := c.classify(ctx)
	return c.found, err
}

// classifier looks for the labels of pictures.
type classifier struct {
	l       *files.Listing
	good    []*files.Entry
	o       dataset.Options
	lim     dataset.Limits
	names   *pictureNames
	matched *matched
	tried   map[string]bool
	found   Found

	unlabelled bool // StyleGAN's table says that there are no labels
}

func (c *classifier) classify(ctx context.Context) error {
	if c.o.Labels == "none" {
		return nil
	}
	if dataset.FromFile(c.o) {
		f, err := namedLabels(ctx, c.l, c.o.Labels, c.lim)
		if err == nil {
			err = c.match(f)
		}
		if err != nil {
			return fmt.Errorf("read labels from %s: %w", c.o.Labels, err)
		}
		c.taken()
		return nil
	}
	inFile := slices.ContainsFunc(c.good, func(e *files.Entry) bool { return e.From != "" })
	tables := labelFiles(c.l)
	if !inFile {
		if err := c.try(ctx, tables, true); err != nil || c.matched != nil {
			return c.result(err)
		}
	}
	labels, names, splits := FolderLabels(c.good, c.o)
	c.say(splitNote(splits)...)
	if c.unlabelled && !slices.ContainsFunc(names, func(name string) bool { return !shardName.MatchString(name) }) {
		return nil
	}
	if labels != nil {
		c.passOver(tables, inFile)
		c.found.Index, c.found.Names = labels, names
		return nil
	}
	if err := c.try(ctx, tables, false); err != nil || c.matched != nil {
		return c.result(err)
	}
	if words := classesInNames(c.good); words != nil {
		c.take(words, "the file names")
	}
	return nil
}

func (c *classifier) say(sentences ...string) { c.found.Said = append(c.found.Said, sentences...) }

// shardName matches the folders that StyleGAN2-ADA's dataset_tool.py cuts a set into.
var shardName = regexp.MustCompile(`^\d{5}$`)

// passOver says which tables were not tried, as the labels come from elsewhere.
func (c *classifier) passOver(tables []files.Entry, inFile bool) {
	from := "the sub-folders have them"
	if inFile {
		from = "the file of the pictures has them"
	}
	for _, e := range tables {
		if tableRank(e) < unknownTable && !e.Alone && !c.tried[e.Name] {
			c.say(path.Base(e.Name) + " was not asked for labels, since " + from)
		}
	}
}

func (c *classifier) result(err error) error {
	if err == nil {
		c.taken()
	}
	return err
}

// try reads tables until one has labels; others of its name, in other folders, may have those of
// other pictures. known tries those alone that come before sub-folders, which are all where a
// column is asked for, and asks more of them.
func (c *classifier) try(ctx context.Context, tables []files.Entry, known bool) error {
	if c.tried == nil {
		c.tried = make(map[string]bool)
	}
	from := ""
	for _, e := range tables {
		base := path.Base(filepath.ToSlash(e.Name))
		if known && c.o.Attribute == "" && tableRank(e) != knownTable || c.tried[e.Name] || from != "" && (base != from || e.Alone) {
			continue
		}
		f, err := readLabels(ctx, e, c.lim)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && known && !f.hasLabels(c.o.Attribute) {
			continue
		}
		if err == nil {
			err = c.match(f)
		}
		c.tried[e.Name] = true
		c.unlabelled = c.unlabelled || errors.Is(err, errUnlabelled)
		switch {
		case err == nil:
			from = base
			c.isTable(e)
		case c.o.Attribute != "" && errors.Is(err, errAttribute):
			return fmt.Errorf("read labels from %s: %w", e.Name, err)
		case tableRank(e) < unknownTable && from == "":
			c.isTable(e)
			c.say(base + " gives no labels: " + wording.Reason(err))
		}
	}
	return nil
}

// isTable notes that an entry is a table of labels rather than any other file of the listing.
func (c *classifier) isTable(e files.Entry) {
	if !e.Alone {
		c.found.Tables++
	}
}

// hasLabels says whether a column has the name that is asked for, or, where none is, is called
// label or the like.
func (f *labelFile) hasLabels(attribute string) bool {
	column, named := f.labelColumn(-1, attribute)
	return named && column >= 0
}

// match adds what a table says of the pictures.
func (c *classifier) match(f *labelFile) error {
	if c.names == nil {
		c.names = namesOf(c.good)
	}
	m, err := f.match(c.names, len(c.good), c.o.Attribute)
	if err != nil {
		return err
	}
	c.found.Attributes, c.found.Attribute = f.attributes, f.attribute
	if c.matched == nil {
		c.matched = m
		return nil
	}
	c.matched.strange += m.strange
	c.matched.twice += m.twice
	for i, word := range m.words {
		if c.matched.words[i] == "" {
			c.matched.words[i] = word
		}
	}
	return nil
}

// taken makes labels of what was matched, and says what was not.
func (c *classifier) taken() {
	m := c.matched
	without := 0
	for _, word := range m.words {
		if word == "" {
			without++
		}
	}
	if without > 0 {
		c.say(wording.Counted(without, "picture has", "pictures have") + " no label")
	}
	if m.strange > 0 {
		c.say(wording.Counted(m.strange, "row of the labels names", "rows of the labels name") + " no picture, or more than one, or cannot be read")
	}
	if m.twice > 0 {
		c.say(wording.Counted(m.twice, "picture has", "pictures have") + " several labels: the last one counts")
	}
	c.take(m.words, m.from)
}

func (c *classifier) take(words []string, from string) {
	y := dataset.ClassesOf(words, from)
	c.found.Index, c.found.Names, c.found.From = y.Index, y.Names, from
}

// namedLabels reads the table that the user named: a path, or one that the sources hold.
func namedLabels(ctx context.Context, l *files.Listing, file string, lim dataset.Limits) (*labelFile, error) {
	for _, e := range slices.Concat(l.Entries, l.Tables) {
		if path.Base(e.Name) == path.Base(filepath.ToSlash(file)) && strings.HasSuffix(e.Name, filepath.ToSlash(file)) {
			return readLabels(ctx, e, lim)
		}
	}
	for _, dir := range append([]string{""}, l.Beside...) {
		full := filepath.Join(dir, file)
		if dir == "" {
			full = file
		}
		info, err := os.Stat(full)
		if err == nil && info.Mode().IsRegular() {
			return readLabels(ctx, files.Entry{Name: full, Size: info.Size(), Alone: true, Opener: files.OSFile(full)}, lim)
		}
	}
	return nil, errors.New("there is no such file: check the path")
}

// Ranks of tables: those that other programs write under a name of their own, then those whose
// names promise labels.
const (
	knownTable   = 0
	unknownTable = 9
)

// tableRank says how likely a file of text is a table of labels by its name.
func tableRank(e files.Entry) int {
	base := strings.ToLower(path.Base(filepath.ToSlash(e.Name)))
	if slices.Contains(tablesOfOthers, base) {
		return knownTable
	}
	for i, word := range []string{"label", "list_attr", "metadata", "class", "train", "annotation"} {
		if strings.Contains(base, word) {
			return i + 1
		}
	}
	return unknownTable
}

// tablesOfOthers are the tables of labels of StyleGAN2-ADA's dataset_tool.py and of Hugging Face's
// imagefolder.
var tablesOfOthers = []string{"dataset.json", "metadata.jsonl", "metadata.csv", "metadata.parquet"}

// labelFiles returns the files of text among the pictures, the likeliest first, then those beside
// the sources that have a known name.
func labelFiles(l *files.Listing) []files.Entry {
	var found []files.Entry
	for _, e := range slices.Concat(l.Entries, l.Tables) {
		switch strings.ToLower(path.Ext(e.Name)) {
		case ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet":
			found = append(found, e)
		case ".json":
			if rank := tableRank(e); rank < unknownTable {
				found = append(found, e)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b files.Entry) int { return cmp.Compare(tableRank(a), tableRank(b)) })
	found = found[:min(len(found), mostLabelFiles)]
	for _, dir := range l.Beside {
		for _, name := range knownTables {
			full := filepath.Join(dir, name)
			if info, err := os.Lstat(full); err == nil && info.Mode().IsRegular() {
				found = append(found, files.Entry{Name: full, Size: info.Size(), Alone: true, Opener: files.OSFile(full)})
			}
		}
	}
	return found
}

// knownTables are the files of labels that may lie beside sources.
var knownTables = append([]string{"labels.csv", "list_attr_celeba.txt", "list_attr_celeba.csv"}, tablesOfOthers...)

// TablesBeside returns where tables outside of the sources are looked for with options, whether
// they are there or not. beside are the folders that the sources lie in.
func TablesBeside(beside []string, o dataset.Options) (files []string) {
	if o.Labels == "none" {
		return nil
	}
	for _, dir := range beside {
		for _, name := range knownTables {
			files = append(files, filepath.Join(dir, name))
		}
	}
	if dataset.FromFile(o) {
		files = append(files, o.Labels)
		for _, dir := range beside {
			files = append(files, filepath.Join(dir, o.Labels))
		}
	}
	return files
}

// numbered is a name that ends in a number: "cat_012", "Abyssinian (3)", "dog.7".
var numbered = regexp.MustCompile(`^(\D*\pL)[\s_.(-]*\d+\)?$`)

// classesInNames returns the words before the numbers in the files' names, if nearly all have one,
// there are several, and most stand more than once; else nil.
func classesInNames(good []*files.Entry) []string {
	words := make([]string, len(good))
	classes := make(map[string]int)
	named := 0
	for i, e := range good {
		base := path.Base(e.Name)
		if m := numbered.FindStringSubmatch(strings.TrimSuffix(base, path.Ext(base))); m != nil {
			words[i] = m[1]
			classes[m[1]]++
			named++
		}
	}
	splits := true
	for word := range classes {
		_, ok := splitSide(word)
		splits = splits && ok
	}
	if splits || len(classes) < 2 || len(classes) > mostClasses || 10*named < 9*len(good) || 2*len(classes) > named {
		return nil
	}
	return words
}
