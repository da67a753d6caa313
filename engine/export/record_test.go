package export

import (
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/session"
)

// recorded is a project whose run has metrics of steps 0 to n−1, two checkups, one of them at no
// step of a metric, one that cannot be read, and an event.
func recorded(t *testing.T, n int) string {
	t.Helper()
	path := project(t, nil)
	f, err := ckpt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []ckpt.MetricRow
	for step := range n {
		values := make([]float32, len(session.MetricNames))
		for i := range values {
			values[i] = float32(step) + float32(i)/16
		}
		values[len(values)-1] = float32(math.NaN())
		rows = append(rows, ckpt.MetricRow{Step: int64(step), Values: values})
	}
	nan := float32(math.NaN())
	checkup := doctor.Checkup{Items: 9, Objective: "relativistic", Distance: 0.25, Diversity: nan}
	events := []ckpt.Event{
		{Step: 1, Kind: doctor.EventKind, Text: checkup.Text()},
		{Step: 2, Kind: doctor.EventKind, Text: "no checkup"},
		{Step: 2, Kind: "set", Text: "g.lr 0.002 → 0.001"},
		{Step: int64(n) + 3, Kind: doctor.EventKind, Text: checkup.Text()},
	}
	if err := f.Save(ckpt.Save{Run: 1, Step: int64(n) + 3, Metrics: rows, Events: events}); err != nil {
		t.Fatal(err)
	}
	return path
}

// The table has every number of every step, and the checkups at theirs.
func TestMetrics(t *testing.T) {
	const n = 5
	path := filepath.Join(t.TempDir(), "m.csv")
	warnings, err := Metrics(t.Context(), recorded(t, n), 0, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(warnings, "1 of the doctor's checkups cannot be read and are left out") {
		t.Errorf("warnings %q", warnings)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(row int, column string) string { return rows[row][slices.Index(rows[0], column)] }
	if len(rows) != 1+n+1 || rows[0][0] != "step" || rows[0][len(rows[0])-1] != "event" {
		t.Fatalf("%d rows, the first %q", len(rows), rows[0])
	}
	for _, test := range []struct {
		row          int
		column, want string
	}{
		{1, "step", "0"},
		{4, "loss_g", strconv.FormatFloat(3+1.0/16, 'g', -1, 32)},
		{4, "class_error", ""},
		{1, "checkup.distance", ""},
		{2, "checkup.distance", "0.25"},
		{2, "checkup.items", "9"},
		{3, "event", "set: g.lr 0.002 → 0.001"},
		{6, "step", "8"},
		{6, "loss_d", ""},
		{6, "checkup.distance", "0.25"},
	} {
		if got := at(test.row, test.column); got != test.want {
			t.Errorf("row %d, %s: %q, want %q", test.row, test.column, got, test.want)
		}
	}
	if slices.Contains(rows[0], "checkup.diversity") {
		t.Error("a column of what was never measured")
	}
}

// A folder appears with a file for each run, or not at all, and takes the place of nothing.
func TestTensorBoardFolder(t *testing.T) {
	path, dir := recorded(t, 5), t.TempDir()
	out := filepath.Join(dir, "logs")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := TensorBoard(cancelled, path, 0, out, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
	half, stop := context.WithCancel(t.Context())
	if _, err := TensorBoard(half, path, 0, out, Options{Progress: func(int64, int64) { stop() }}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled half-way: error %v", err)
	}
	if list, _ := os.ReadDir(dir); len(list) > 0 {
		t.Errorf("%v is left of cancelled exports", list)
	}
	told := int64(0)
	warnings, err := TensorBoard(t.Context(), path, 0, out, Options{Progress: func(done, total int64) { told = 100 * done / total }})
	if err != nil || len(warnings) != 1 || told != 100 {
		t.Errorf("warnings %q, %d %% of progress, error %v", warnings, told, err)
	}
	files, err := filepath.Glob(filepath.Join(out, "run-1", "events.out.tfevents.*.ganvas"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, error %v", files, err)
	}
	if _, err := TensorBoard(t.Context(), path, 0, out, Options{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over a folder: error %v", err)
	}
	if _, err := TensorBoard(t.Context(), path, 7, filepath.Join(dir, "other"), Options{}); err == nil {
		t.Error("exported a run that is not there")
	}
}

// Of several runs those are exported that can be read; one that was asked for must be.
func TestTensorBoardLeavesOut(t *testing.T) {
	path := recorded(t, 5)
	f, err := ckpt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	broken, err := f.NewRun(ckpt.Run{Name: "broken", Recipe: "no recipe"})
	if err != nil {
		t.Fatal(err)
	}
	sheet := ckpt.Sheet{Step: 9, PNG: []byte("no picture")}
	if err := errors.Join(f.Save(ckpt.Save{Run: 1, Step: 9, Sheets: []ckpt.Sheet{sheet}}), f.Close()); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "logs")
	warnings, err := TensorBoard(t.Context(), path, 0, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(warnings, "\n")
	for _, want := range []string{"run 2 is left out", "the contact sheet of step 9 cannot be read"} {
		if !strings.Contains(all, want) {
			t.Errorf("warnings %q, want %q among them", all, want)
		}
	}
	if list, err := os.ReadDir(out); err != nil || len(list) != 1 {
		t.Errorf("folders %v, error %v", list, err)
	}
	if _, err := TensorBoard(t.Context(), path, broken, filepath.Join(t.TempDir(), "logs"), Options{}); err == nil {
		t.Error("exported a run without a recipe")
	}
}

// Between checkpoints time goes on evenly, and never back.
func TestClock(t *testing.T) {
	c := clock{steps: []int64{0, 100, 200}, seconds: []float64{1000, 1010, 1010}}
	for step, want := range map[int64]float64{0: 1000, 50: 1005, 100: 1010, 150: 1010, 200: 1010, 900: 1010} {
		if got := c.at(step); got != want {
			t.Errorf("step %d at %g, want %g", step, got, want)
		}
	}
	if got := (clock{steps: []int64{40}, seconds: []float64{1}}).at(3); got != 1 {
		t.Errorf("before the beginning it is %g", got)
	}
}

// A folder of charts has one for each in the format that was asked for.
func TestChartFolder(t *testing.T) {
	all, warnings, err := ChartsOf(recorded(t, 50), 0)
	if err != nil || len(warnings) != 1 {
		t.Fatalf("warnings %q, error %v", warnings, err)
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "charts")
	if err := ChartFolder(t.Context(), all, out, "bmp", Options{}); err == nil {
		t.Error("drew a format that is not known")
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ChartFolder(cancelled, all, out, "svg", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
	if list, _ := os.ReadDir(dir); len(list) > 0 {
		t.Errorf("%v is left of exports that failed", list)
	}
	if err := ChartFolder(t.Context(), all, out, "svg", Options{}); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(out, "*.svg"))
	if err != nil || len(files) != len(all) || len(all) < 4 {
		t.Errorf("%d files of %d charts, error %v", len(files), len(all), err)
	}
	if err := ChartFile(all, "mystery", filepath.Join(dir, "a.png"), Options{}); err == nil {
		t.Error("drew a chart that is not there")
	}
}
