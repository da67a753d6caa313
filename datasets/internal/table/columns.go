package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// missingWords stand for no value, as pandas.read_csv has them.
var missingWords = func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields("#N/A #NA -1.#IND -1.#QNAN -NaN -nan 1.#IND 1.#QNAN <NA> N/A NA NULL NaN None n/a nan null") {
		m[w] = true
	}
	m[""], m["#N/A N/A"] = true, true
	return m
}()

// tally describes the numbers of a column as one style reads them.
type tally struct {
	numbers, whole, odd int // those that are finite, those of them that are whole, those that are not finite
	low, high, sum      float64
}

func (t *tally) add(v float64, whole bool) {
	if !finite(v) {
		t.odd++
		return
	}
	if t.numbers == 0 {
		t.low, t.high = v, v
	}
	t.numbers++
	if whole {
		t.whole++
	}
	t.low, t.high, t.sum = min(t.low, v), max(t.high, v), t.sum+v
}

// columnStats gathers what describes a column, a cell at a time.
type columnStats struct {
	Name            string
	unnamed         bool // the file gives it no name
	seen            int  // cells with a value
	as              [styles]tally
	booleans, dates int
	values          map[string]int
	signs           markSigns
	style           style  // of its numbers, once all cells were seen
	unclear         string // why no style can be told, or ""
	climbing        bool   // all cells so far are whole numbers, each larger than the one before
	last            float64
}

// add counts a cell. Cells that the file calls text are never numbers; exact ones are written as
// programs write them.
func (s *columnStats) add(cell string, text, exact bool) {
	word := strings.TrimSpace(cell)
	if missingWords[word] {
		return
	}
	s.seen++
	if short := wording.Shortened(word); len(s.values) < dataset.ManyValues {
		if s.values == nil {
			s.values = make(map[string]int)
		}
		s.values[short]++
	} else if _, ok := s.values[short]; ok {
		s.values[short]++
	}
	climbed := s.climbing || s.seen == 1
	s.climbing = false
	if text {
		if isDate(word) {
			s.dates++
		}
		return
	}
	n := cellNumber(word, exact)
	if n.some() {
		for style := range styles {
			if n.ok[style] {
				s.as[style].add(n.value[style], n.whole[style])
			}
		}
		s.signs.add(word, &n)
		v := n.value[pointed]
		s.climbing = climbed && n.ok[pointed] && n.whole[pointed] && v >= 0 && (s.seen == 1 || v > s.last)
		s.last = v
		return
	}
	switch strings.ToLower(word) {
	case "true", "false", "yes", "no":
		s.booleans++
	default:
		if isDate(word) {
			s.dates++
		}
	}
}

// cellNumber reads a word; an exact one has a decimal point and no marks of thousands.
func cellNumber(word string, exact bool) (n number) {
	if !exact {
		return readNumber(word)
	}
	if v, err := goNumber(word); err == nil {
		whole := !strings.ContainsAny(word, ".eE")
		n.set(pointed, v, whole)
		n.set(commaed, v, whole)
		n.plain = true
	}
	return n
}

func isDate(word string) bool {
	if len(word) < 8 || len(word) > 35 || word[0] < '0' || word[0] > '9' {
		return false
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02 15:04", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05.000", "2006/01/02", "02.01.2006", "01/02/2006", "02/01/2006"} {
		if _, err := time.Parse(layout, word); err == nil {
			return true
		}
	}
	return false
}

// value returns the number of a cell, if it is one in the column's style.
func (s *columnStats) value(cell string, exact bool) (v float64, ok bool) {
	n := cellNumber(strings.TrimSpace(cell), exact)
	return n.value[s.style], n.ok[s.style] && finite(n.value[s.style])
}

// numeric says whether more than half of the values are numbers.
func (s *columnStats) numeric() bool {
	n := s.as[s.style].numbers
	return n > 0 && 2*n > s.seen
}

// running says whether a column that has no name numbers the rows, as what pandas and R write by
// themselves does.
func (s *columnStats) running(rows int) bool { return s.unnamed && s.climbing && s.seen == rows }

// describe finishes a column of rows cells.
func (s *columnStats) describe(rows int) dataset.Column {
	c := dataset.Column{Name: s.Name, Missing: rows - s.seen, Distinct: len(s.values)}
	t := s.as[s.style]
	switch {
	case s.seen == 0:
		c.Type = "empty"
	case s.numeric() && s.unclear == "":
		c.Type = "number"
		if t.whole == t.numbers {
			c.Type = "integer"
		}
		c.Bad = s.seen - t.numbers
		c.Min, c.Max, c.Mean = t.low, t.high, t.sum/float64(t.numbers)
	case s.booleans == s.seen:
		c.Type = "boolean"
	case s.dates == s.seen:
		c.Type = "date"
	case len(s.values) < dataset.ManyValues && (len(s.values) <= 20 && len(s.values) < s.seen || 10*len(s.values) <= s.seen):
		c.Type = "category"
	default:
		c.Type = "text"
	}
	if c.Type == "boolean" || c.Type == "category" {
		for name, n := range s.values {
			c.Categories = append(c.Categories, dataset.Category{Name: name, Count: n})
		}
		slices.SortFunc(c.Categories, func(a, b dataset.Category) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
		})
	}
	return c
}

// wrong says what is wrong with a cell that should be a number.
func (s *columnStats) wrong(cell string, exact, text bool) string {
	word := strings.TrimSpace(cell)
	n := cellNumber(word, exact)
	switch {
	case word == "":
		return "it is empty: fill it in or delete the line"
	case missingWords[word]:
		return fmt.Sprintf("it is empty (%s): fill it in or delete the line", word)
	case text:
		return fmt.Sprintf("%q is text: write numbers without quotes", wording.Shortened(word))
	case n.ok[s.style]:
		return fmt.Sprintf("%q is no finite number: correct or delete the line", wording.Shortened(word))
	case n.some():
		decimal, _ := s.style.marks()
		return fmt.Sprintf("%q is not written as the column's other numbers, whose fractions stand behind a %q: correct or delete the line", wording.Shortened(word), decimal)
	}
	return fmt.Sprintf("%q is not a number: correct or delete the line", wording.Shortened(word))
}
