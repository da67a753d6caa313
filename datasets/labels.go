package datasets

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// labelFile is a table that says the class of pictures by their files' names.
type labelFile struct {
	name    string
	columns []string
	rows    [][]string

	attributes []string // columns but for that of the files, once it is matched
	attribute  string   // the one that was taken
}

const (
	mostClasses    = 1000
	mostLabelFiles = 8 // that are tried
)

// fromFile says whether the labels are asked for from a table.
func (o Options) fromFile() bool { return o.Labels != "none" && o.Labels != "folder" }

// classify gives pictures their labels: those of the table that is asked for; else those that came with them, the sub-folders', a
// table's among or beside the pictures, those in their names. Pictures without one have -1.
func (l *listing) classify(ctx context.Context, good []candidate, o Options, lim limits) ([]int32, []string, error) {
	if o.Labels == "none" {
		return nil, nil, nil
	}
	if o.fromFile() {
		f, err := l.namedLabels(ctx, o.Labels, lim)
		if err != nil {
			return nil, nil, fmt.Errorf("read labels from %s: %w", o.Labels, err)
		}
		words, from, err := f.match(good, o.Attribute)
		if err != nil {
			return nil, nil, fmt.Errorf("read labels from %s: %w", o.Labels, err)
		}
		l.attributes, l.attribute = f.attributes, f.attribute
		return l.take(words, from)
	}
	if labels, names := labelsOf(good, o); labels != nil {
		return labels, names, nil
	}
	for _, e := range l.labelFiles() {
		f, err := readLabels(ctx, e, lim)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			continue
		}
		words, from, err := f.match(good, o.Attribute)
		switch {
		case err == nil:
			if !e.alone {
				l.others--
			}
			l.attributes, l.attribute = f.attributes, f.attribute
			return l.take(words, from)
		case o.Attribute != "" && errors.Is(err, errAttribute):
			return nil, nil, fmt.Errorf("read labels from %s: %w", e.name, err)
		}
	}
	if words := classesInNames(good); words != nil {
		return l.take(words, "the file names")
	}
	return nil, nil, nil
}

func (l *listing) take(words []string, from string) ([]int32, []string, error) {
	y := labellingOf(words, from)
	l.labelsFrom = from
	return y.index, y.names, nil
}

// namedLabels reads the table that the user named: a path, or one that the sources hold.
func (l *listing) namedLabels(ctx context.Context, file string, lim limits) (*labelFile, error) {
	for _, e := range l.entries {
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
			return readLabels(ctx, entry{name: full, size: info.Size(), opener: osFile(full)}, lim)
		}
	}
	return nil, errors.New("there is no such file: check the path")
}

// labelFiles returns the files of text among the pictures, the likeliest first, then those beside the sources that have a known name.
func (l *listing) labelFiles() []entry {
	var found []entry
	for _, e := range l.entries {
		switch strings.ToLower(path.Ext(e.name)) {
		case ".csv", ".tsv", ".txt":
			found = append(found, e)
		}
	}
	score := func(e entry) int {
		base := strings.ToLower(path.Base(e.name))
		for i, word := range []string{"label", "list_attr", "metadata", "class", "train", "annotation"} {
			if strings.Contains(base, word) {
				return i
			}
		}
		return 9
	}
	slices.SortStableFunc(found, func(a, b entry) int { return cmp.Compare(score(a), score(b)) })
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
var knownTables = []string{"labels.csv", "list_attr_celeba.txt", "list_attr_celeba.csv"}

// tablesBeside returns where tables outside of the sources are looked for with options, whether they are there or not.
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

// readLabels reads a table of words, or CelebA's list of attributes (Liu et al., "Deep learning face attributes in the wild", ICCV 2015): a
// line with the number of pictures, one with the names of the attributes, then each picture's file with 1 or -1 for every attribute.
func readLabels(ctx context.Context, e entry, lim limits) (*labelFile, error) {
	data, err := e.contents(lim)
	if err != nil {
		return nil, err
	}
	plain, err := new(tabular).inUTF8(bufio.NewReaderSize(bytes.NewReader(data), 64<<10))
	if err != nil {
		return nil, err
	}
	head, _ := plain.Peek(64 << 10)
	f := &labelFile{name: path.Base(filepath.ToSlash(e.name))}
	comma := delimiter(head)
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	celeba := false
	if _, err := strconv.Atoi(string(bytes.TrimSpace(first))); err == nil && len(bytes.TrimSpace(rest)) > 0 {
		celeba, comma = true, delimiter(rest)
		plain.ReadString('\n')
	}
	cr := newCSV(plain, comma)
	cr.ReuseRecord, cr.LazyQuotes = false, true
	for n := 0; ; n++ {
		record, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil || n%1024 == 0 && ctx.Err() != nil {
			return nil, cmp.Or(ctx.Err(), err)
		}
		record = trimmed(record, comma)
		switch {
		case n == 0 && celeba:
			f.columns = append([]string{"file"}, record...)
		case n == 0 && isHeader(record):
			f.columns = record
		default:
			f.rows = append(f.rows, record)
		}
	}
	if f.columns == nil && len(f.rows) > 0 {
		for i := range f.rows[0] {
			f.columns = append(f.columns, fmt.Sprintf("column %d", i+1))
		}
	}
	if len(f.columns) < 2 || len(f.rows) == 0 {
		return nil, errors.New("no table of files and labels: give it two columns, the file and its label")
	}
	return f, nil
}

// pictureNames finds pictures by what a table may call them: the path, the file's name, or the name without its ending.
type pictureNames map[string]int

func namesOf(good []candidate) pictureNames {
	names := make(pictureNames)
	shared := len(commonFolder(good))
	add := func(name string, i int) {
		if other, ok := names[name]; ok && other != i {
			i = -1 // nobody can tell which is meant
		}
		names[name] = i
	}
	for i, c := range good {
		base := path.Base(c.name)
		keys := []string{c.name, c.name[shared:], base, strings.TrimSuffix(base, path.Ext(base))}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			add(key, i)
		}
	}
	return names
}

// find returns the picture that a cell names, or -1.
func (p pictureNames) find(cell string) int {
	cell = strings.TrimPrefix(strings.ReplaceAll(strings.TrimSpace(cell), `\`, "/"), "./")
	if i, ok := p[cell]; ok {
		return i
	}
	if i, ok := p[path.Base(cell)]; ok && strings.Contains(cell, "/") {
		return i
	}
	if i, ok := p[strings.TrimSuffix(path.Base(cell), path.Ext(cell))]; ok && path.Ext(cell) != "" { // another format than when the table was made
		return i
	}
	return -1
}

var errAttribute = errors.New("no such column")

// match returns the word of each picture and where it stands. The column that names most pictures is that of the files.
func (f *labelFile) match(good []candidate, attribute string) (words []string, from string, err error) {
	names := namesOf(good)
	files, most := -1, 0
	for k := range f.columns {
		hits := 0
		for _, row := range f.rows {
			if k < len(row) && names.find(row[k]) >= 0 {
				hits++
			}
		}
		if hits > most {
			files, most = k, hits
		}
	}
	if files < 0 || 2*most < min(len(f.rows), len(good)) {
		return nil, "", errors.New("none of its columns names the pictures: write each file's name in one")
	}
	label := f.labelColumn(files, attribute)
	f.attributes = slices.Delete(slices.Clone(f.columns), files, files+1)
	if label < 0 {
		if attribute != "" {
			return nil, "", fmt.Errorf("%w %q: choose one of %s", errAttribute, attribute, strings.Join(f.attributes, ", "))
		}
		return nil, "", errors.New("no column of labels: give it one with two or more different words")
	}
	f.attribute = f.columns[label]
	words = make([]string, len(good))
	signs := f.signs(label)
	for _, row := range f.rows {
		if label >= len(row) || files >= len(row) {
			continue
		}
		i := names.find(row[files])
		if i < 0 {
			continue
		}
		words[i] = strings.TrimSpace(row[label])
		if signs {
			words[i] = map[string]string{"1": "", "-1": "not "}[words[i]] + f.columns[label]
		}
	}
	return words, fmt.Sprintf("the column %s of %s", f.columns[label], f.name), nil
}

// labelColumn is the one that is asked for; else one that is called label or the like; else, where all others are yes or no, the one
// that divides most evenly; else the first with few different words.
func (f *labelFile) labelColumn(files int, attribute string) int {
	if attribute != "" {
		return slices.IndexFunc(f.columns, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), attribute) })
	}
	for _, want := range []string{"label", "labels", "class", "category", "target", "species", "breed", "y"} {
		for k, name := range f.columns {
			if k != files && strings.EqualFold(strings.TrimSpace(name), want) {
				return k
			}
		}
	}
	best, evenness := -1, -1.0
	for k := range f.columns {
		if k == files || !f.signs(k) {
			continue
		}
		yes := 0
		for _, row := range f.rows {
			if k < len(row) && strings.TrimSpace(row[k]) == "1" {
				yes++
			}
		}
		if share := float64(yes) / float64(len(f.rows)); min(share, 1-share) > evenness {
			best, evenness = k, min(share, 1-share)
		}
	}
	if best >= 0 {
		return best
	}
	for k := range f.columns {
		if k == files {
			continue
		}
		seen := make(map[string]bool)
		for _, row := range f.rows {
			if k < len(row) && len(seen) <= mostClasses {
				seen[strings.TrimSpace(row[k])] = true
			}
		}
		if n := len(seen); n >= 2 && n <= mostClasses && (n < len(f.rows) || len(f.rows) < 10) {
			return k
		}
	}
	return -1
}

// signs says whether a column holds nothing but 1 and -1.
func (f *labelFile) signs(k int) bool {
	minus := false
	for _, row := range f.rows {
		if k >= len(row) {
			return false
		}
		switch strings.TrimSpace(row[k]) {
		case "1":
		case "-1":
			minus = true
		default:
			return false
		}
	}
	return minus
}

// numbered is a name that ends in a number: "cat_012", "Abyssinian (3)", "dog.7".
var numbered = regexp.MustCompile(`^(\D*\pL)[\s_.(-]*\d+\)?$`)

// classesInNames returns the words before the numbers in the files' names, if nearly all have one, there are several, and most stand more
// than once; else nil.
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
	if len(classes) < 2 || len(classes) > mostClasses || 10*named < 9*len(good) || 2*len(classes) > named {
		return nil
	}
	return words
}
