package source

import (
	"context"
	"errors"
	"fmt"
	"os"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/work"
)

// Items is datasets.Items.
func Items(ctx context.Context, path string, o dataset.Options, most int) (values []float32, names []string, err error) {
	if o, err = dataset.Checked(o); err != nil {
		return nil, nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	var entries []files.Entry
	if info.IsDir() {
		root, err := os.OpenRoot(path)
		if err != nil {
			return nil, nil, err
		}
		defer root.Close()
		entries = firstFiles(ctx, root, ".", most, 0)
	} else {
		list, err := listOf(ctx, path)
		if err != nil {
			return nil, nil, err
		}
		defer list.Close()
		entries = list.Entries
	}
	p := prepare.NewPreparer(o.Size, o.Channels, o)
	var first error
	for _, e := range entries {
		if len(names) == most {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		data, err := item(p, e, o)
		if err != nil {
			first = errors.Join(first, fmt.Errorf("%s: %w", e.Name, err))
			continue
		}
		for _, v := range data {
			values = append(values, dataset.FromByte[v])
		}
		names = append(names, e.Name)
	}
	if len(names) == 0 {
		if first != nil {
			return nil, nil, first
		}
		return nil, nil, fmt.Errorf("%s: there is no picture in it: choose a picture, a folder or an archive of pictures", path)
	}
	return values, names, nil
}

// item reads a picture and prepares it.
func item(p *prepare.Preparer, e files.Entry, o dataset.Options) ([]uint8, error) {
	img, err := decoded(e, 0, o, dataset.StandardLimits)
	if err != nil {
		return nil, err
	}
	data := make([]uint8, o.Size*o.Size*o.Channels)
	_, err = work.Guarded(func() (struct{}, error) { p.Do(data, img); return struct{}{}, nil })
	return data, err
}
