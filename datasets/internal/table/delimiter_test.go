package table

import "testing"

// Times of day are not divided by their colons; numbers that nothing else divides are.
func TestDelimiter(t *testing.T) {
	for text, want := range map[string]rune{
		"10:20\n11:30\n": ',', "time\n10:20\n": ',', "10:20:30\n10:20:31": ',', "time,v\n10:20,3\n11:30,4\n": ',',
		"1:2\n3:4\n": ':', "a:b\n1.5:2\n3:4": ':', "a^b\n1^2": '^', "1~2\n3~4\n": '~', "1;2,5\n3;4,5\n": ';', "1 2\n3 4\n": ' ',
	} {
		if got := delimiter([]byte(text), false); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
