package datasets

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// What a mark in a number means, its column decides, then the file; where neither does, points are
// refused and tables say so. want is the first point, or the error.
func TestNumberStyles(t *testing.T) {
	lines := func(divider string, x, y []string) string {
		s := "x" + divider + "y\n"
		for i := range x {
			s += x[i] + divider + y[i] + "\n"
		}
		return s
	}
	hundreds := []string{"943", "709", "1,115", "730"}
	tests := []struct {
		name, text string
		x, y       float64
		note, err  string
	}{
		{"thousands among hundreds", lines("\t", []string{"1,059", "700", "990"}, hundreds[1:]), 1059, 709, "1,059 of x is 1059", ""},
		{"points for thousands among hundreds", lines(";", []string{"1.059", "700", "990"}, []string{"1", "2", "3"}), 1059, 1, "1.059 of x is 1059", ""},
		{"fractions among thousands", lines(";", []string{"1.059", "7000", "990"}, []string{"1", "2", "3"}), 1.059, 1, "1.059 of x is 1.059", ""},
		{"quoted thousands", lines(",", []string{`"23,596"`, `"17,737"`, `"19,842"`}, []string{"1", "2", "3"}), 23596, 1, "23,596 of x is 23596", ""},
		{"a comma divides, a point does not", lines(",", []string{"23.596", "17.737"}, []string{"11.111", "12.123"}), 23.596, 11.111, "", ""},
		{"another column has fractions with a comma", lines(";", []string{"23.596", "17.737"}, []string{"0,5", "12,25"}), 23596, 0.5, "23.596 of x is 23596", ""},
		{"another column has fractions with a point", lines("\t", []string{"23,596", "17,737"}, []string{"0.5", "12.25"}), 23596, 0.5, "23,596 of x is 23596", ""},
		{"quoted fractions with a comma", lines(",", []string{`"23,596"`, `"17,737"`}, []string{`"0,5"`, `"1,25"`}), 23.596, 0.5, "decimal commas", ""},
		{"commas and semicolons", lines(";", []string{"23,596", "17,737"}, []string{"1", "2"}), 23.596, 1, "23,596 of x is 23.596", ""},
		{"Swiss", lines(";", []string{"1'059.5", "700", "990"}, []string{"1’234", "2", "3"}), 1059.5, 1234, "", ""},
		{"percentages", lines(",", []string{"12 %", "15.5%", "20%"}, []string{"1", "2", "3"}), 12, 1, "percent signs were taken off the numbers of x", ""},
		{"negative in parentheses", lines(",", []string{"(12)", "15", "(3)"}, []string{"1", "2", "3"}), -12, 1, "", ""},
		{"nobody knows, with points", lines(";", []string{"23.596", "17.737"}, []string{"1", "2"}), 0, 0, "", `column x: "23.596" is 23596 or 23.596`},
		{"nobody knows, with commas", lines("\t", []string{"23,596", "17,737"}, []string{"1", "2"}), 0, 0, "", `column x: "23,596" is 23596 or 23.596`},
		{"both marks", lines("\t", []string{"1,059", "1.059"}, []string{"1", "2"}), 0, 0, "", "only one mark can divide thousands"},
		{"against the other column", lines(";", []string{"1,059", "700", "990"}, []string{"0,5", "1,5", "2,5"}), 0, 0, "", "by its other numbers the one, by those of other columns the other"},
		{"some percentages", lines(",", []string{"12 %", "15", "20"}, []string{"1", "2", "3"}), 0, 0, "", "some of its numbers are percentages"},
	}
	for _, tt := range tests {
		file := filepath.Join(t.TempDir(), "points.csv")
		datatest.Must(t, os.WriteFile(file, []byte(tt.text), 0o644))
		set, err := Open(context.Background(), file, Options{}, nil)
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) || !strings.Contains(err.Error(), file) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		x, y := original(set, 0)
		if math.Abs(x-tt.x) > 1e-3 || math.Abs(y-tt.y) > 1e-3 || len(set.Info().Skipped) > 0 {
			t.Errorf("%s: the first point is %v, %v (%v), want %v, %v", tt.name, x, y, set.Info().Skipped, tt.x, tt.y)
		}
		if notes := strings.Join(set.Info().Notes, "; "); !strings.Contains(notes, tt.note) || tt.note == "" && len(set.Info().Notes) > 2 {
			t.Errorf("%s: notes %q, want %q", tt.name, notes, tt.note)
		}
	}
}

// original is a point of a set as the file has it.
func original(set Set, i int) (x, y float64) {
	var xy [2]float32
	set.Read(i, xy[:])
	scale, offset := set.(Affine).Affine()
	return float64(xy[0])*scale[0] + offset[0], float64(xy[1])*scale[1] + offset[1]
}

// A number that is written in another style than its column's is left out, not read in another way;
// a table keeps doubtful numbers as text.
func TestMixedStyles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "points.csv")
	datatest.Must(t, os.WriteFile(file, []byte("x;y\n1,5;1\n2,5;2\n3.25;3\n1.000;4\n"), 0o644))
	set, err := Open(context.Background(), file, Options{}, nil)
	datatest.Must(t, err)
	want := `3.25" is not written as the column's other numbers, whose fractions stand behind a ','`
	if s := set.Info().Skipped; set.Len() != 3 || len(s) != 1 || !strings.Contains(s[0].Reason, want) || s[0].Path != "points.csv line 4, column 1" {
		t.Errorf("%d points, skipped %v, want %q", set.Len(), s, want)
	}
	if x, _ := original(set, 2); math.Abs(x-1000) > 1e-3 {
		t.Errorf("1.000 is %v, want 1000", x)
	}
	datatest.Must(t, os.WriteFile(file, []byte("x;y;z\n23.596;a;1\n17.737;b;2\n"), 0o644))
	set, err = Open(context.Background(), file, Options{Tables: true}, nil)
	datatest.Must(t, err)
	if c := set.Info().Columns[0]; c.Type != "text" || !strings.Contains(fmt.Sprint(set.Info().Notes), `the numbers of x were left as text: "23.596" is 23596 or 23.596`) {
		t.Errorf("%+v, %q", c, set.Info().Notes)
	}
}
