// Package source decides who reads what: it opens whatever can be named, be it a built-in set,
// folders, archives, pictures, tables or arrays, as one set, and says what it took them for.
package source

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"ganvas/datasets/internal/array"
	"ganvas/datasets/internal/container"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/table"
	"ganvas/datasets/internal/wording"
	"ganvas/engine/wholefile"
)

// opening is what is wanted of sources, and who is told how far it is.
type opening struct {
	o        dataset.Options
	lim      dataset.Limits
	progress func(done, total int)

	unprepared *array.Grid // where the pictures of an array are left as they were; nil: nowhere
}

// request is what array readers are asked for.
func (x opening) request() array.Request {
	return array.Request{Options: x.o, Limits: x.lim, Unprepared: x.unprepared}
}

// Open opens a built-in set by its name, what lies at a path, or several sources as one set.
// Pictures are decoded on all processors; progress, which may be nil, is told how many of them are
// done, by one goroutine at a time. Errors name the source, the place and the remedy.
func Open(ctx context.Context, sources []string, o dataset.Options, progress func(done, total int)) (dataset.Set, error) {
	set, err := openAll(ctx, sources, o, progress, nil)
	if err != nil || o.LeaveOut == "" {
		return set, err
	}
	return dataset.LeaveOut(set, o.LeaveOut)
}

// openAll is Open, but for the items that are to be left out. unprepared, which may be nil, gets
// the pictures of an array as they were.
func openAll(ctx context.Context, sources []string, o dataset.Options, progress func(done, total int), unprepared *array.Grid) (dataset.Set, error) {
	o, err := dataset.Checked(o)
	if err != nil {
		return nil, err
	}
	if len(sources) == 1 && isSource(sources[0]) {
		if dataset.FromFile(o) {
			return nil, fmt.Errorf("open %s: labels %q: choose none or folder: a table of labels goes with pictures in files", sources[0], o.Labels)
		}
		return openBuiltin(sources[0], o)
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return opening{o, dataset.StandardLimits, progress, unprepared}.open(ctx, sources)
}

// open decides from the content of the sources, not from their names, who reads them.
func (x opening) open(ctx context.Context, sources []string) (dataset.Set, error) {
	o, lim, progress := x.o, x.lim, x.progress
	if len(sources) == 0 || slices.Contains(sources, "") {
		return nil, fmt.Errorf("open data: nothing was named: choose a folder, a zip, a CSV or an IDX file")
	}
	var pictures []files.Source
	var points, idx, arrays, parquets []string
	for _, path := range withoutRepeats(sources) {
		kind, err := classify(path)
		if err != nil {
			return nil, err
		}
		switch kind {
		case files.Text:
			points = append(points, path)
		case files.NumPy:
			arrays = append(arrays, path)
		case files.Parquet:
			switch ok, err := container.ParquetPictures(path); {
			case err != nil:
				return nil, fmt.Errorf("read %s: %w", path, err)
			case ok:
				pictures = append(pictures, files.Source{Path: path, Kind: kind})
			default:
				parquets = append(parquets, path)
			}
		case files.IDX:
			idx = append(idx, path)
		default:
			pictures = append(pictures, files.Source{Path: path, Kind: kind})
		}
	}
	switch {
	case dataset.FromFile(o) && len(pictures) == 0:
		return nil, fmt.Errorf("read %s: labels %q: choose none or folder: a table of labels goes with pictures in files", sources[0], o.Labels)
	case len(parquets) == 1 && len(sources) == 1:
		return table.OpenParquetTable(ctx, parquets[0], o, lim, progress)
	case len(parquets) > 0:
		return nil, fmt.Errorf("read %s: a table cannot be joined with other data: open it on its own", parquets[0])
	case len(points) == 1 && len(idx)+len(pictures) == 0:
		return table.OpenText(ctx, points[0], o, lim, progress)
	case len(idx) == 1 && len(points)+len(pictures) == 0:
		return array.OpenIDX(ctx, idx[0], "", x.request())
	case len(idx) == 2 && len(points)+len(pictures) == 0:
		return array.OpenIDXPair(ctx, idx[0], idx[1], x.request())
	case len(arrays) > 0 && len(arrays) <= 2 && len(points)+len(pictures)+len(idx) == 0:
		return array.OpenNumPy(ctx, arrays, x.request())
	case len(arrays) > 0:
		return nil, fmt.Errorf("read %s: an array cannot be joined with other data: open it on its own, or with its array of labels", arrays[0])
	case len(points) > 0:
		return nil, fmt.Errorf("read %s: a table of points cannot be joined with other data: open it on its own", points[0])
	case len(idx) > 0:
		return nil, fmt.Errorf("read %s: an IDX file cannot be joined with other data: open it on its own", idx[0])
	}
	return x.openPictures(ctx, pictures)
}

func withoutRepeats(paths []string) []string {
	var out []string
	seen := make(map[string]bool)
	for _, p := range paths {
		key := wording.Absolute(p)
		if !seen[key] {
			seen[key] = true
			out = append(out, p)
		}
	}
	return out
}

// missing explains a path that cannot be looked at.
func missing(path string, err error) error {
	if isSource(path) {
		return fmt.Errorf("read %s: a built-in set cannot be joined with other data: open it on its own", path)
	}
	if !os.IsNotExist(err) {
		return fmt.Errorf("read %s: %w: check its permissions", path, wholefile.Cause(err))
	}
	if strings.ContainsAny(path, `/\.`) {
		return fmt.Errorf("read %s: there is no such file or folder: check the path", path)
	}
	var names []string
	for _, b := range Builtins() {
		names = append(names, b.Name)
	}
	return fmt.Errorf("read %s: there is no such file, folder or built-in set: check the path, or choose one of %s", path, strings.Join(names, ", "))
}
