// Package words writes numbers, times and long values as people read them, on screen and on the
// command line. It knows no window and nothing of what the program works on.
package words

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// Thousands writes 1234567 as "1,234,567".
func Thousands[T ~int | ~int64](n T) string { return humanize.Comma(int64(n)) }

// Counted is Thousands with the right form of a noun: "1 picture", "2 pictures".
func Counted[T ~int | ~int64](n T, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Thousands(n) + " " + noun + "s"
}

// Of writes how much of a total is done, such as steps: "1,200 of 20,000". Where there is no total,
// or the work has gone on beyond it, that is "1,200".
func Of[T ~int | ~int64](done, total T) string {
	if total <= 0 || done > total {
		return Thousands(done)
	}
	return Thousands(done) + " of " + Thousands(total)
}

// Duration writes d in two units at most: "3 days", "2 h 10 min", "3 min 5 s", "12 s", "1.5 s", "35
// ms". It rounds d before it chooses the units, so that none of them overflows: 59.7 s is "1 min 0
// s".
func Duration(d time.Duration) string {
	minutes, seconds := int64(d.Round(time.Minute)/time.Minute), int64(d.Round(time.Second)/time.Second)
	switch {
	case minutes >= 48*60:
		return fmt.Sprintf("%d days", (minutes+12*60)/(24*60))
	case seconds >= 60*60:
		return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
	case seconds >= 60:
		return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
	case d >= 9950*time.Millisecond:
		return fmt.Sprintf("%d s", seconds)
	case d >= 999500*time.Microsecond:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= 9950*time.Microsecond:
		return fmt.Sprintf("%.0f ms", float64(d)/1e6)
	default:
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	}
}

// About is Duration of what is known only roughly: "about 15 s", "about 12 min", "about 1 h 20 min".
func About(d time.Duration) string {
	switch d = max(5*time.Second, d.Round(5*time.Second)); {
	case d < time.Minute:
		return fmt.Sprintf("about %d s", d/time.Second)
	case d < 20*time.Minute:
		return fmt.Sprintf("about %d min", d.Round(time.Minute)/time.Minute)
	}
	return "about " + strings.TrimSuffix(Duration(d.Round(5*time.Minute)), " 0 s")
}

// Left says how long something still takes: "3 min 5 s left". Nobody waits for less than a second.
func Left(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%d s left", max(1, (d+time.Second-1)/time.Second))
	}
	return Duration(d) + " left"
}

// Shortened cuts a long value, such as a list of layers, to 40 characters.
func Shortened(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
