// Package inversion says how near a generator comes to pictures that somebody chose: it prepares
// them as the data of the run are, and measures beside them pictures that the run has not seen. The
// search itself is latent.Find.
package inversion

import (
	"context"
	"fmt"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/latent"
)

// Pictures reads files of pictures, or folders and archives of them, most at the most, and prepares
// them as o says for a generator of items of a shape (H, W, C): values in [−1, 1], one picture after
// the other, with the name of each. The error names the file that is no picture.
func Pictures(ctx context.Context, paths []string, o datasets.Options, g *gan.Generator, most int) (values []float32, names []string, err error) {
	shape := g.Out()
	if !shape.Picture() {
		return nil, nil, fmt.Errorf("find: the generator makes points: there is no picture to find")
	}
	if shape[0] != shape[1] {
		return nil, nil, fmt.Errorf("find: the generator makes pictures of %d×%d pixels: only square ones can be prepared from files", shape[1], shape[0])
	}
	o.Size, o.Channels = shape[0], shape[2]
	for _, path := range paths {
		v, n, err := datasets.Items(ctx, path, o, most-len(names))
		if err != nil {
			return nil, nil, err
		}
		values, names = append(values, v...), append(names, n...)
		if len(names) >= most {
			break
		}
	}
	return values, names, nil
}

// HeldOut finds n pictures of a set that are held out at a share, as Judge holds them out, and
// returns how near the generator comes to each, ascending: what can be expected of a picture that it
// has not learnt from.
func HeldOut(ctx context.Context, g *gan.Generator, set datasets.Set, share float64, n int, s latent.Search) ([]float64, error) {
	_, held, err := datasets.SplitShare(ctx, set, share, nil)
	if err != nil {
		return nil, err
	}
	count := held.Info().Count
	n = min(n, count)
	if n == 0 {
		return nil, fmt.Errorf("find: no picture is held out: there is nothing to compare with")
	}
	size := g.Out().Size()
	targets := make([]float32, n*size)
	for i := range n {
		if _, err := datasets.TryRead(held, i*count/n, targets[i*size:(i+1)*size]); err != nil {
			return nil, err
		}
	}
	found, err := latent.Find(ctx, g, targets, n, s)
	if err != nil {
		return nil, err
	}
	var distances []float64
	for _, f := range found {
		distances = append(distances, f.Distance)
	}
	slices.Sort(distances)
	return distances, nil
}
