package datasets

import (
	"context"
	"fmt"
	"image/color"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

func TestLeaveOut(t *testing.T) {
	files := make(map[string][]byte)
	for i := range 8 {
		files[fmt.Sprintf("%d.png", i)] = datatest.PlainPNG(6, 6, color.Gray{Y: uint8(20 * i)})
	}
	dir := datatest.Tree(t, files)
	whole, err := Open(context.Background(), dir, Options{}, nil)
	datatest.Must(t, err)
	mark := whole.Info().Fingerprint[:12]
	text := LeaveOutText(whole, []int{6, 1, 4, 5, 1})
	if want := mark + " 1 4-6"; text != want {
		t.Errorf("text %q, want %q", text, want)
	}
	if got := LeaveOutText(whole, nil); got != "" {
		t.Errorf("nothing left out is %q", got)
	}
	some, err := Open(context.Background(), dir, Options{LeaveOut: text}, nil)
	datatest.Must(t, err)
	var kept []int
	values := make([]float32, 36)
	for i := range some.Len() {
		some.Read(i, values)
		kept = append(kept, int(dataset.ToByte(values[0]))/20)
		if name := OriginOf(some, i).Name; name != fmt.Sprintf("pets/%d.png", kept[i]) {
			t.Errorf("item %d comes from %s, shows %d", i, name, kept[i])
		}
	}
	if want := []int{0, 2, 3, 7}; !slices.Equal(kept, want) || some.Info().Count != 4 {
		t.Errorf("left %v of %d, want %v", kept, some.Info().Count, want)
	}
	if a, b := some.Info().Fingerprint, whole.Info().Fingerprint; a == b || len(a) != len(b) {
		t.Errorf("fingerprint %s with all items, %s without some", b, a)
	}
	for _, tt := range []struct{ text, want string }{
		{"0123456789ab 1", "chosen when the data were others"},
		{mark + " 1 x", `"x": write numbers and ranges`},
		{mark + " 4 1", `"1": write`},
		{mark + " 4-9", `"4-9": write numbers and ranges such as 3 17-20, from 0 to 7`},
		{mark + " 0-6", "1 of 8 items are left"},
	} {
		if _, err := Open(context.Background(), dir, Options{LeaveOut: tt.text}, nil); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.text, err, tt.want)
		}
	}
}

// What a set can do beyond being read, it can also do without some of its items.
func TestLeaveOutKeepsKind(t *testing.T) {
	ring, err := Open(context.Background(), "ring", Options{}, nil)
	datatest.Must(t, err)
	some, err := LeaveOut(ring, LeaveOutText(ring, []int{0}))
	datatest.Must(t, err)
	m, ok := some.(Modal)
	if !ok {
		t.Fatal("a mixture is none any more")
	}
	if centres, _ := m.Modes(); len(centres) != 8 {
		t.Errorf("%d modes, want 8", len(centres))
	}
	file := filepath.Join(datatest.Tree(t, map[string][]byte{"p.csv": []byte("1,2\n3,4\n5,7\n")}), "p.csv")
	points, err := Open(context.Background(), file, Options{}, nil)
	datatest.Must(t, err)
	some, err = LeaveOut(points, LeaveOutText(points, []int{2}))
	datatest.Must(t, err)
	if _, ok := some.(Affine); !ok || some.Len() != 2 {
		t.Errorf("%d points, their scale known: %v", some.Len(), ok)
	}
}

func TestDrawn(t *testing.T) {
	var drawn []DrawnPoint
	for i := range 100 {
		drawn = append(drawn, DrawnPoint{X: float32(i)/25 - 2, Y: 2 - float32(i)/25, Class: i % 2 * 3})
	}
	text := DrawnText(drawn)
	back, err := DrawnPoints(text)
	datatest.Must(t, err)
	if DrawnText(back) != text {
		t.Error("written again it is another text")
	}
	set, err := Open(context.Background(), "drawn", Options{Drawn: text}, nil)
	datatest.Must(t, err)
	if got, want := set.Info().Labels, []string{"1", "4"}; set.Len() != 100 || !slices.Equal(got, want) {
		t.Errorf("%d points of the classes %v, want 100 of %v", set.Len(), got, want)
	}
	for i, want := range drawn {
		var xy [2]float32
		label := set.Read(i, xy[:])
		// A place is a step of 4/4095 wide.
		if dx, dy := xy[0]-want.X, xy[1]-want.Y; max(dx, -dx, dy, -dy) > 0.0006 || label != i%2 {
			t.Errorf("point %d is %v of class %d, want %v", i, xy, label, want)
		}
	}
	for _, tt := range []struct{ text, want string }{
		{"", "there are 0: at least 2"},
		{"AAAA", "cut or damaged"},
		{"!", "cut or damaged"},
		{DrawnText([]DrawnPoint{{Class: 9}, {}}), "point 0 is of class 9"},
	} {
		if _, err := Open(context.Background(), "drawn", Options{Drawn: tt.text}, nil); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.text, err, tt.want)
		}
	}
}
