package table

import (
	"fmt"
	"math"
	"strings"

	"ganvas/datasets/internal/wording"
)

// markSigns is what the numbers of a column tell about the style that they are written in.
type markSigns struct {
	only               [styles]int // numbers of one style alone
	both               [styles]int // numbers with a mark that is the decimal one of this style and divides thousands in the other
	example            [styles]string
	highest            float64 // of those, as fractions
	plain              int     // numbers without a mark
	plainLow, plainTop float64 // of those but for 0
	percents           int
	bare               int // numbers without a percent sign
}

func (m *markSigns) add(word string, n *number) {
	if n.percent {
		m.percents++
	} else {
		m.bare++
	}
	switch {
	case n.mark != 0:
		s := pointed
		if n.mark == ',' {
			s = commaed
		}
		m.both[s]++
		if m.example[s] == "" {
			m.example[s] = wording.Shortened(word)
		}
		m.highest = max(m.highest, math.Abs(n.value[s]))
	case !n.ok[pointed]:
		m.only[commaed]++
	case !n.ok[commaed]:
		m.only[pointed]++
	case n.plain && finite(n.value[pointed]):
		m.plain++
		if v := math.Abs(n.value[pointed]); v > 0 {
			if m.plainLow == 0 {
				m.plainLow = v
			}
			m.plainLow, m.plainTop = min(m.plainLow, v), max(m.plainTop, v)
		}
	}
}

// told returns the style that a column's numbers tell by themselves.
func (m *markSigns) told() (s style, ok bool) {
	if m.only[commaed] > m.only[pointed] {
		return commaed, true
	}
	return pointed, m.only[pointed] > 0
}

// grouped says whether marks divide thousands, as far as the numbers without a mark tell: there are
// some, all below 1,000, and all larger than the marked ones would be as fractions. They do not
// where one of 1,000 or more has no mark.
func (m *markSigns) grouped() (yes, no bool) {
	return m.plain > 0 && m.plainTop < 1000 && m.plainLow > m.highest, m.plainTop >= 1000
}

// decideStyles gives each column the style of its numbers: what they tell by themselves, else what
// those of the other columns tell, else what is usual with what divides the cells. Notes say where
// that was not certain.
func (t *Table) decideStyles() {
	var file [styles]int
	for _, c := range t.Columns {
		if s, ok := c.signs.told(); ok {
			file[s]++
		}
	}
	var grouped, fractions, percents []string
	for _, c := range t.Columns {
		m := &c.signs
		if s, ok := m.told(); ok {
			c.style = s
		} else if m.both[pointed]+m.both[commaed] > 0 {
			t.decide(c, file)
		}
		switch other := 1 - c.style; {
		case c.unclear != "" || !c.numeric():
			continue
		case m.both[other] > 0 && m.only[c.style] == 0:
			grouped = append(grouped, fmt.Sprintf("%s of %s is %.0f", m.example[other], c.Name, readNumber(m.example[other]).value[c.style]))
		case m.both[c.style] > 0 && m.only[c.style] == 0 && file[c.style] == 0 && t.divider != ',':
			fractions = append(fractions, fmt.Sprintf("%s of %s is %.6g", m.example[c.style], c.Name, readNumber(m.example[c.style]).value[c.style]))
		}
		if m.percents > 0 && m.bare > 0 {
			c.unclear = "some of its numbers are percentages, others are not: write all in one way"
		} else if m.percents > 0 {
			percents = append(percents, c.Name)
		}
	}
	if len(grouped) > 0 {
		t.notes = append(t.notes, "marks that divide thousands were taken out: "+strings.Join(grouped, ", "))
	}
	if len(fractions) > 0 {
		t.notes = append(t.notes, "marks were taken for decimal ones: "+strings.Join(fractions, ", "))
	}
	if len(percents) > 0 {
		t.notes = append(t.notes, "percent signs were taken off the numbers of "+wording.Listed(percents))
	}
}

// decide chooses the style of a column whose numbers do not tell it by themselves.
func (t *Table) decide(c *columnStats, file [styles]int) {
	m := &c.signs
	mark := pointed // the style in which the marks are decimal ones
	if m.both[commaed] > 0 {
		mark = commaed
	}
	yes, no := m.grouped()
	known, s := file[pointed] > 0 != (file[commaed] > 0), pointed
	if file[commaed] > 0 {
		s = commaed
	}
	switch {
	case m.both[pointed] > 0 && m.both[commaed] > 0:
		c.unclear = fmt.Sprintf("%q and %q: only one mark can divide thousands: write all numbers in one way, such as 1234.5", m.example[pointed], m.example[commaed])
	case t.divider == ',' && mark == pointed && !(known && s == commaed): // what divides cells is no decimal mark
		c.style = pointed
	case known && (yes && s == mark || no && s != mark):
		c.unclear = m.doubt(mark) + ", by its other numbers the one, by those of other columns the other: write all numbers in one way, such as 1234.5"
	case known:
		c.style = s
	case yes:
		c.style = 1 - mark
	case no:
		c.style = mark
	case t.divider == ',':
		c.style = pointed
	case mark == commaed && t.divider == ';', mark == pointed && t.divider != ';':
		c.style = mark
	default:
		c.unclear = m.doubt(mark) + ", and no number of the file tells which: leave the marks of thousands out, or write a fraction with more digits, such as " + m.example[mark] + "0"
	}
}

// doubt names the two readings of the marks that are decimal ones in a style.
func (m *markSigns) doubt(mark style) string {
	n := readNumber(m.example[mark])
	return fmt.Sprintf("%q is %.0f or %g", m.example[mark], n.value[1-mark], n.value[mark])
}
