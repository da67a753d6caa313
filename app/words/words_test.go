package words

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Thousands(0), "0"},
		{Thousands(999), "999"},
		{Thousands(int64(-1234567)), "-1,234,567"},
		{Counted(0, "picture"), "0 pictures"},
		{Counted(1, "picture"), "1 picture"},
		{Counted(999, "picture"), "999 pictures"},
		{Counted(1000, "picture"), "1,000 pictures"},
		{Counted(-1234567, "picture"), "-1,234,567 pictures"},
		{Counted(int64(60000), "picture"), "60,000 pictures"},
		{Of(1200, 20000), "1,200 of 20,000"},
		{Of(60, 60), "60 of 60"},
		{Of(1200, 60), "1,200"},
		{Of(1200, 0), "1,200"},
		{Left(35 * time.Millisecond), "1 s left"},
		{Left(1100 * time.Millisecond), "2 s left"},
		{Left(185 * time.Second), "3 min 5 s left"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want string
	}{
		{0, "0.0 ms"},
		{500 * time.Microsecond, "0.5 ms"},
		{9949 * time.Microsecond, "9.9 ms"},
		{9960 * time.Microsecond, "10 ms"},
		{35 * time.Millisecond, "35 ms"},
		{999600 * time.Microsecond, "1.0 s"},
		{1500 * time.Millisecond, "1.5 s"},
		{9960 * time.Millisecond, "10 s"},
		{42 * time.Second, "42 s"},
		{59700 * time.Millisecond, "1 min 0 s"},
		{185 * time.Second, "3 min 5 s"},
		{time.Hour - 300*time.Millisecond, "1 h 0 min"},
		{2*time.Hour + 10*time.Minute, "2 h 10 min"},
		{2*time.Hour - time.Second, "2 h 0 min"},
		{48*time.Hour - time.Second, "2 days"},
		{72 * time.Hour, "3 days"},
		{83 * time.Hour, "3 days"},
		{84 * time.Hour, "4 days"},
	} {
		if got := Duration(c.d); got != c.want {
			t.Errorf("%v: got %q, want %q", c.d, got, c.want)
		}
	}
}

func TestAbout(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "about 5 s", 13 * time.Second: "about 15 s", 59 * time.Second: "about 1 min", 100 * time.Second: "about 2 min",
		17*time.Minute + 20*time.Second: "about 17 min", 33 * time.Minute: "about 35 min", 81 * time.Minute: "about 1 h 20 min", 50 * time.Hour: "about 2 days",
	} {
		if got := About(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestShortened(t *testing.T) {
	long := strings.Repeat("ä", 40)
	for _, s := range []string{"", "short", long} {
		if got := Shortened(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
	if got := Shortened(long + "x"); utf8.RuneCountInString(got) != 40 || !strings.HasSuffix(got, "ä…") {
		t.Errorf("got %q, want 39 characters and an ellipsis", got)
	}
}
