package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Minus writes the sign of a number that is only to be read as charts do.
func Minus(s string) string { return strings.ReplaceAll(s, "-", "−") }

// ByteSize writes n in the largest unit that leaves at least 1: "312 MB".
func ByteSize(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.0f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.0f kB", float64(n)/1e3)
	default:
		return fmt.Sprintf("%d bytes", n)
	}
}

// Number writes v with as many digits as a person reads: 1e-5, 0.1, 65,536.
func Number(v float64) string {
	if size := math.Abs(v); size >= 1000 && size < 1e15 {
		return Thousands(int64(math.Round(v)))
	}
	s := strconv.FormatFloat(v, 'g', 4, 64)
	if mantissa, exponent, ok := strings.Cut(s, "e-0"); ok {
		s = mantissa + "e-" + exponent
	}
	return s
}

// Seconds returns a time of so many seconds.
func Seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// Sentence makes a sentence of an error's text.
func Sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// WithError writes a number with its standard error, which is no number, or 0, where that is not
// known.
func WithError(value, stdErr float64) string {
	if !(stdErr > 0) {
		return Significant(value, 3)
	}
	decimals := -int(math.Floor(math.Log10(stdErr))) // an error of an error has no second digit, and digits beyond it say nothing
	if math.Round(stdErr*math.Pow10(decimals)) >= 10 {
		decimals--
	}
	if decimals <= 0 {
		return Minus(Thousands(int64(math.Round(value)))) + " ± " + Thousands(int64(math.Round(stdErr)))
	}
	return Minus(strconv.FormatFloat(value, 'f', decimals, 64)) + " ± " + strconv.FormatFloat(stdErr, 'f', decimals, 64)
}

// Significant writes x with so many significant digits, and all digits before the point.
func Significant(x float64, digits int) string {
	if math.Abs(x) >= math.Pow10(digits) {
		return Minus(Thousands(int64(math.Round(x))))
	}
	return Minus(strconv.FormatFloat(x, 'g', digits, 64))
}
