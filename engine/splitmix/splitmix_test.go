package splitmix

import "testing"

// The first numbers of Java's SplittableRandom(1234567), as Vigna's splitmix64.c gives them.
func TestAt(t *testing.T) {
	for i, want := range []uint64{
		6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
	} {
		if got := At(1234567, uint64(i)); got != want {
			t.Errorf("number %d is %d, want %d", i, got, want)
		}
	}
}
