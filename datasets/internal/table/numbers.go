package table

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// style is a way of writing numbers. Which one a column has, all of its cells decide together.
type style uint8

const (
	pointed style = iota // 1,234.5
	commaed              // 1.234,5
	styles
)

// marks returns what a style puts before fractions and between thousands.
func (s style) marks() (decimal, group rune) {
	if s == commaed {
		return ',', '.'
	}
	return '.', ','
}

// number is what a word is as a number in each style.
type number struct {
	value   [styles]float64
	ok      [styles]bool
	whole   [styles]bool // neither a fraction nor an exponent
	mark    byte         // '.' or ',' where it means a fraction in one style and thousands in the other; else 0
	plain   bool         // neither a fraction nor thousands are marked
	percent bool
}

// some says whether a word is a number in some style.
func (n *number) some() bool { return n.ok[pointed] || n.ok[commaed] }

func (n *number) set(s style, v float64, whole bool) {
	n.value[s], n.ok[s], n.whole[s] = v, true, whole
}

// readNumber reads a word as people and programs write numbers: with a fraction behind a point or a
// comma, thousands divided by the other of both, by a space or by an apostrophe, a true minus,
// parentheses for negative numbers, a percent sign, which is left out.
func readNumber(word string) (n number) {
	if v, err := goNumber(word); err == nil { // nearly all numbers
		n.set(pointed, v, !strings.ContainsAny(word, ".eE"))
		before, after, point := strings.Cut(word, ".")
		switch {
		case !point:
			n.set(commaed, v, n.whole[pointed])
			n.plain = true
		case len(after) == 3 && canGroup(strings.TrimLeft(before, "+-")):
			if w, err := goNumber(before + after); err == nil {
				n.set(commaed, w, true)
				n.mark = '.'
			}
		}
		return n
	}
	if !hasDigit(word) {
		return n
	}
	body, negative, percent := bared(word)
	n.percent = percent
	for s := range styles {
		decimal, group := s.marks()
		if v, whole, ok := bodyNumber(body, decimal, group); ok {
			if negative {
				v = -v
			}
			n.set(s, v, whole)
		}
	}
	if n.ok[pointed] && n.ok[commaed] && n.value[pointed] != n.value[commaed] {
		n.mark = ','
		if strings.Contains(body, ".") {
			n.mark = '.'
		}
	}
	n.plain = n.some() && !strings.ContainsAny(body, ".,")
	return n
}

// goNumber is strconv.ParseFloat without the notations of Go that no table means, and with
// Fortran's, whose exponent may follow a D. What is too large is infinite.
func goNumber(word string) (float64, error) {
	if strings.ContainsAny(word, "xX_pP") {
		return 0, strconv.ErrSyntax
	}
	if i := strings.IndexAny(word, "dD"); i > 0 && strings.Contains(word[:i], ".") {
		word = word[:i] + "e" + word[i+1:]
	}
	v, err := strconv.ParseFloat(word, 64)
	if errors.Is(err, strconv.ErrRange) {
		err = nil
	}
	return v, err
}

func hasDigit(word string) bool { return strings.ContainsAny(word, "0123456789") }

// canGroup says whether digits may stand before a mark of thousands.
func canGroup(digits string) bool {
	return len(digits) >= 1 && len(digits) <= 3 && digits[0] >= '1' && digits[0] <= '9'
}

// bared takes sign, parentheses and percent sign off a word.
func bared(word string) (body string, negative, percent bool) {
	body = word
	if rest, ok := strings.CutSuffix(body, "%"); ok {
		body, percent = strings.TrimRightFunc(rest, isSpace), true
	}
	if len(body) > 2 && body[0] == '(' && body[len(body)-1] == ')' && body[1] >= '0' && body[1] <= '9' {
		return body[1 : len(body)-1], true, percent
	}
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(body, minus); ok {
			return rest, true, percent
		}
	}
	return strings.TrimPrefix(body, "+"), false, percent
}

// isSpace knows the spaces that divide thousands, those that do not break included.
func isSpace(r rune) bool {
	return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009'
}

// bodyNumber reads a number without its sign.
func bodyNumber(body string, decimal, group rune) (v float64, whole, ok bool) {
	before, after, fraction := strings.Cut(body, string(decimal))
	digits, ok := ungrouped(before, group)
	if !ok || fraction && digits == "" && !hasDigit(after) {
		return 0, false, false
	}
	if fraction {
		for _, r := range after {
			if !(r >= '0' && r <= '9') && !strings.ContainsRune("eE+-", r) {
				return 0, false, false
			}
		}
		digits += "." + after
	}
	v, err := goNumber(digits)
	return v, !fraction, err == nil
}

// ungrouped takes the marks of thousands out of digits: one kind of mark, three digits behind each,
// or, with commas, two behind all but the last, as in India.
func ungrouped(text string, group rune) (digits string, ok bool) {
	at := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if at < 0 {
		return text, true
	}
	mark, _ := utf8.DecodeRuneInString(text[at:])
	if mark != group && !isSpace(mark) && mark != '\'' && mark != '’' || !canGroup(text[:at]) {
		return "", false
	}
	groups := strings.Split(text, string(mark))
	threes, twos := true, mark == ','
	for i, g := range groups[1:] {
		if strings.IndexFunc(g, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
			return "", false
		}
		last := i == len(groups)-2
		threes = threes && len(g) == 3
		twos = twos && (last && len(g) == 3 || !last && len(g) == 2)
	}
	return strings.Join(groups, ""), threes || twos && len(groups[0]) <= 2
}

// finite says whether a number is one to compute with.
func finite(v float64) bool { return !math.IsInf(v, 0) && !math.IsNaN(v) }

// Half is the number of a 16-bit floating-point value (IEEE 754, binary16).
func Half(b uint16) float64 {
	sign, exponent, fraction := 1-2*float64(b>>15), int(b>>10&31), float64(b&1023)
	switch exponent {
	case 0:
		return sign * math.Ldexp(fraction, -24)
	case 31:
		if fraction != 0 {
			return math.NaN()
		}
		return math.Inf(int(sign))
	}
	return sign * math.Ldexp(1024+fraction, exponent-25)
}
