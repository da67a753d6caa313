package widgets

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	grouped   = regexp.MustCompile(`^[+-]?\d{1,3}(?:,\d{3})+$`) // 1,000 or 1,000,000
	ambiguous = regexp.MustCompile(`^[+-]?[1-9]\d{0,2},\d{3}$`) // 1,000 is a thousand to some and one to others
	written   = regexp.MustCompile(`^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$`)
	// Spaces part groups of three digits in many languages, an apostrophe in Swiss ones.
	spaced = regexp.MustCompile(`^[+-]?\d{1,3}(?:[ \x{a0}\x{2009}\x{202f}'’]\d{3})+(?:[.,]\d*)?$`)
	gaps   = strings.NewReplacer(" ", "", "\u00a0", "", "\u2009", "", "\u202f", "", "'", "", "’", "")
)

// tidied returns text without room around it and between thousands, and with a written minus.
func tidied(text string) string {
	s := strings.Replace(strings.TrimSpace(text), "−", "-", 1)
	if spaced.MatchString(s) {
		s = gaps.Replace(s)
	}
	return s
}

// ParseNumber reads a number as people type it: with a point or a comma before the decimals, with
// or without marks between thousands. What may be either, such as 1,000, is refused.
func ParseNumber(text string) (float64, error) {
	s := tidied(text)
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case s == "":
		return 0, errors.New("type a number")
	case commas > 0 && points > 0 && strings.LastIndex(s, ",") > strings.LastIndex(s, "."):
		s = strings.NewReplacer(".", ",", ",", ".").Replace(s) // 1.234,5 is written as 1,234.5
		fallthrough
	case commas > 0 && points > 0:
		whole, fraction, _ := strings.Cut(s, ".")
		if !grouped.MatchString(whole) || strings.Contains(fraction, ",") {
			return 0, notANumber(text)
		}
		s = strings.ReplaceAll(whole, ",", "") + "." + fraction
	case ambiguous.MatchString(s):
		return 0, fmt.Errorf("%s can be read in two ways: type %s or %s", text, strings.Replace(s, ",", "", 1), strings.Replace(s, ",", ".", 1))
	case commas == 1:
		s = strings.Replace(s, ",", ".", 1)
	case grouped.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	case grouped.MatchString(strings.ReplaceAll(s, ".", ",")) && points > 1:
		s = strings.ReplaceAll(s, ".", "")
	}
	if !written.MatchString(s) {
		return 0, notANumber(text)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, notANumber(text)
	}
	return v + 0, nil // never −0
}

// ParseWhole reads a whole number from 0, with or without marks between thousands.
func ParseWhole(text string) (uint64, error) {
	s := tidied(text)
	if grouped.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "+"), 10, 63)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, fmt.Errorf("at most %s", formatCount(math.MaxInt64))
	case err != nil:
		return 0, errors.New("type a whole number such as 42")
	}
	return v, nil
}

func notANumber(text string) error {
	return fmt.Errorf("%s is not a number: type one such as 0.5", strconv.Quote(strings.TrimSpace(text)))
}
