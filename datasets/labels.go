package datasets

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
)

const (
	mostClasses    = 1000
	mostLabelFiles = 8 // that are tried
)

// fromFile says whether the labels are asked for from a table.
func (o Options) fromFile() bool { return o.Labels != "none" && o.Labels != "folder" }

// classify gives pictures their labels: those of the table that is asked for; else those that came
// with them: those in their Parquet file, in a table that other programs know by its name, the
// sub-folders', a table's among or beside the pictures, those in their names. Pictures without one
// have -1.
func (l *listing) classify(ctx context.Context, good []candidate, o Options, lim limits) ([]int32, []string, error) {
	if o.Labels == "none" {
		return nil, nil, nil
	}
	c := &classifier{l: l, good: good, o: o, lim: lim}
	if o.fromFile() {
		f, err := l.namedLabels(ctx, o.Labels, lim)
		if err == nil {
			err = c.match(f)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read labels from %s: %w", o.Labels, err)
		}
		return c.taken()
	}
	inFile := slices.ContainsFunc(good, func(c candidate) bool { return c.from != "" })
	tables := l.labelFiles()
	if !inFile {
		if err := c.try(ctx, tables, true); err != nil || c.matched != nil {
			return c.result(err)
		}
	}
	labels, names, splits := labelsOf(good, o)
	l.said = append(l.said, splitNote(splits)...)
	if c.unlabelled && !slices.ContainsFunc(names, func(name string) bool { return !shardName.MatchString(name) }) {
		return nil, nil, nil
	}
	if labels != nil {
		c.passOver(tables, inFile)
		return labels, names, nil
	}
	if err := c.try(ctx, tables, false); err != nil || c.matched != nil {
		return c.result(err)
	}
	if words := classesInNames(good); words != nil {
		return l.take(words, "the file names")
	}
	return nil, nil, nil
}

// classifier looks for the labels of pictures in tables.
type classifier struct {
	l       *listing
	good    []candidate
	o       Options
	lim     limits
	names   *pictureNames
	matched *matched
	tried   map[string]bool

	unlabelled bool // StyleGAN's table says that there are no labels
}

// shardName matches the folders that StyleGAN2-ADA's dataset_tool.py cuts a set into.
var shardName = regexp.MustCompile(`^\d{5}$`)

// passOver says which tables were not tried, as the labels come from elsewhere.
func (c *classifier) passOver(tables []entry, inFile bool) {
	from := "the sub-folders have them"
	if inFile {
		from = "the file of the pictures has them"
	}
	for _, e := range tables {
		if tableRank(e) < unknownTable && !e.alone && !c.tried[e.name] {
			c.l.said = append(c.l.said, path.Base(e.name)+" was not asked for labels, since "+from)
		}
	}
}

func (c *classifier) result(err error) ([]int32, []string, error) {
	if err != nil {
		return nil, nil, err
	}
	return c.taken()
}

// try reads tables until one has labels; others of its name, in other folders, may have those of
// other pictures. known tries those alone that come before sub-folders, which are all where a
// column is asked for, and asks more of them.
func (c *classifier) try(ctx context.Context, tables []entry, known bool) error {
	if c.tried == nil {
		c.tried = make(map[string]bool)
	}
	from := ""
	for _, e := range tables {
		base := path.Base(filepath.ToSlash(e.name))
		if known && c.o.Attribute == "" && tableRank(e) != knownTable || c.tried[e.name] || from != "" && (base != from || e.alone) {
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
		c.tried[e.name] = true
		c.unlabelled = c.unlabelled || errors.Is(err, errUnlabelled)
		switch {
		case err == nil:
			from = base
			if !e.alone {
				c.l.others--
			}
		case c.o.Attribute != "" && errors.Is(err, errAttribute):
			return fmt.Errorf("read labels from %s: %w", e.name, err)
		case tableRank(e) < unknownTable && from == "":
			if !e.alone {
				c.l.others--
			}
			c.l.said = append(c.l.said, base+" gives no labels: "+reason(err))
		}
	}
	return nil
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
	c.l.attributes, c.l.attribute = f.attributes, f.attribute
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
func (c *classifier) taken() ([]int32, []string, error) {
	m := c.matched
	without := 0
	for _, word := range m.words {
		if word == "" {
			without++
		}
	}
	if without > 0 {
		c.l.said = append(c.l.said, counted(without, "picture has", "pictures have")+" no label")
	}
	if m.strange > 0 {
		c.l.said = append(c.l.said, counted(m.strange, "row of the labels names", "rows of the labels name")+" no picture, or more than one, or cannot be read")
	}
	if m.twice > 0 {
		c.l.said = append(c.l.said, counted(m.twice, "picture has", "pictures have")+" several labels: the last one counts")
	}
	return c.l.take(m.words, m.from)
}

func (l *listing) take(words []string, from string) ([]int32, []string, error) {
	y := labellingOf(words, from)
	l.labelsFrom = from
	return y.index, y.names, nil
}

// namedLabels reads the table that the user named: a path, or one that the sources hold.
func (l *listing) namedLabels(ctx context.Context, file string, lim limits) (*labelFile, error) {
	for _, e := range slices.Concat(l.entries, l.tables) {
		if path.Base(e.name) == path.Base(filepath.ToSlash(file)) && strings.HasSuffix(e.name, filepath.ToSlash(file)) {
			return readLabels(ctx, e, lim)
		}
	}
	for _, dir := range append([]string{""}, l.beside...) {
		full := filepath.Join(dir, file)
		if dir == "" {
			full = file
		}
		info, err := os.Stat(full)
		if err == nil && info.Mode().IsRegular() {
			return readLabels(ctx, entry{name: full, size: info.Size(), alone: true, opener: osFile(full)}, lim)
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
func tableRank(e entry) int {
	base := strings.ToLower(path.Base(filepath.ToSlash(e.name)))
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
func (l *listing) labelFiles() []entry {
	var found []entry
	for _, e := range slices.Concat(l.entries, l.tables) {
		switch strings.ToLower(path.Ext(e.name)) {
		case ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet":
			found = append(found, e)
		case ".json":
			if rank := tableRank(e); rank < unknownTable {
				found = append(found, e)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b entry) int { return cmp.Compare(tableRank(a), tableRank(b)) })
	found = found[:min(len(found), mostLabelFiles)]
	for _, dir := range l.beside {
		for _, name := range knownTables {
			full := filepath.Join(dir, name)
			if info, err := os.Lstat(full); err == nil && info.Mode().IsRegular() {
				found = append(found, entry{name: full, size: info.Size(), alone: true, opener: osFile(full)})
			}
		}
	}
	return found
}

// knownTables are the files of labels that may lie beside sources.
var knownTables = append([]string{"labels.csv", "list_attr_celeba.txt", "list_attr_celeba.csv"}, tablesOfOthers...)

// tablesBeside returns where tables outside of the sources are looked for with options, whether
// they are there or not.
func (l *listing) tablesBeside(o Options) (files []string) {
	if o.Labels == "none" {
		return nil
	}
	for _, dir := range l.beside {
		for _, name := range knownTables {
			files = append(files, filepath.Join(dir, name))
		}
	}
	if o.fromFile() {
		files = append(files, o.Labels)
		for _, dir := range l.beside {
			files = append(files, filepath.Join(dir, o.Labels))
		}
	}
	return files
}

// numbered is a name that ends in a number: "cat_012", "Abyssinian (3)", "dog.7".
var numbered = regexp.MustCompile(`^(\D*\pL)[\s_.(-]*\d+\)?$`)

// classesInNames returns the words before the numbers in the files' names, if nearly all have one,
// there are several, and most stand more than once; else nil.
func classesInNames(good []candidate) []string {
	words := make([]string, len(good))
	classes := make(map[string]int)
	named := 0
	for i, c := range good {
		base := path.Base(c.name)
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
