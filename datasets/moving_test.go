package datasets

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

func TestAnimatedFolder(t *testing.T) {
	dir := datatest.Tree(t, map[string][]byte{
		"cats/a.png": datatest.Read(t, "frames", "d0b0.png"), "dogs/b.gif": datatest.Read(t, "frames", "rgb.gif"), "dogs/c.png": datatest.PlainPNG(16, 12, image.Black),
		"dogs/cut.gif": datatest.Read(t, "frames", "rgb.gif")[:900], "dogs/v.avi": datatest.Read(t, "frames", "video.avi"), "dogs/x.avi": datatest.Read(t, "frames", "mpeg4.avi"),
	})
	set, err := Open(context.Background(), dir, Options{Size: 8}, nil)
	datatest.Must(t, err)
	info := set.Info()
	_, labels := datatest.BytesOf(set)
	cats := 0
	for _, l := range labels {
		if l == "cats" {
			cats++
		}
	}
	// 5 + 4 + 1 + what is left of the cut one + 6
	if info.Count < 17 || info.Count > 19 || cats != 5 || len(labels) != info.Count || !slices.Equal(info.Labels, []string{"cats", "dogs"}) {
		t.Errorf("%d items, %d of cats, labels %v", info.Count, cats, info.Labels)
	}
	var skips []string
	for _, s := range info.Skipped {
		skips = append(skips, s.Path+": "+s.Reason)
	}
	text := strings.Join(skips, "\n")
	for _, want := range []string{"pets/dogs/cut.gif: only the first", "truncated", "pets/dogs/x.avi: an AVI whose pictures are not JPEG"} {
		if !strings.Contains(text, want) {
			t.Errorf("skipped %s, want %q in it", text, want)
		}
	}
	set, err = Open(context.Background(), dir, Options{Size: 8, Stride: 2}, nil)
	datatest.Must(t, err)
	// 3 + 2 + 1 + 1 or 2 + 3.
	if got := set.Info(); got.Count < 10 || got.Count > 11 || !strings.Contains(fmt.Sprint(got.Notes), "one in 2") {
		t.Errorf("with a stride of 2: %+v", got)
	}
}

func TestSheet(t *testing.T) {
	sheet := datatest.Read(t, "frames", "sprites_8x8.png")
	plain := filepath.Join(datatest.Tree(t, map[string][]byte{"plain.png": sheet}), "plain.png")
	tests := []struct {
		name, file string
		o          Options
		n          int
		want       string
	}{
		{"by name", "testdata/frames/sprites_8x8.png", Options{}, 10, "10 cells of 8×8 cut from 1 sheet"},
		{"by option", plain, Options{Cell: 8}, 10, "10 cells of 8×8 cut from 1 sheet"},
		{"other cells", plain, Options{Cell: 12}, 4, "4 cells of 12×12 cut from 1 sheet"},
		{"too large", plain, Options{Cell: 30}, 0, "cells of 30×30 in a picture of 32×24: choose cells of at least 4×4 that fit into it"},
		{"too small", plain, Options{Cell: 2}, 0, "choose cells of 4 to 4096 pixels"},
		{"no cells", plain, Options{}, 0, "of a sheet of sprites set cell, or name it after its cells, as in sprites_16x16.png"},
	}
	for _, tt := range tests {
		set, err := Open(context.Background(), tt.file, tt.o, nil)
		switch {
		case tt.n == 0:
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case set.Len() != tt.n || !slices.Contains(set.Info().Notes, tt.want):
			t.Errorf("%s: %+v, want %d and %q", tt.name, set.Info(), tt.n, tt.want)
		}
	}
}

// Videos become sets of frames, as Pillow reads the JPEGs in them.
func TestVideos(t *testing.T) {
	// As ffmpeg makes it when it is told nothing else: what Pillow reads from the JPEGs in it, with
	// colour of half the resolution.
	set, err := Open(context.Background(), datatest.File("frames/plain.avi"), Options{Size: 32, Fit: "pad"}, nil)
	datatest.Must(t, err)
	wantPlain := datatest.Read(t, "frames", "plain.avi.rgba")
	item := make([]float32, 32*32*3)
	for i := range 6 {
		set.Read(i, item)
		for k := range 24 * 32 * 3 {
			got, want := int(dataset.ToByte(item[4*32*3+k])), int(wantPlain[i*32*24*4+k/3*4+k%3])
			if got-want > 2 || want-got > 2 {
				t.Fatalf("plain.avi: value %d of frame %d is %d, want %d", k, i, got, want)
			}
		}
	}
	set, err = Open(context.Background(), datatest.File("frames/video.avi"), Options{Stride: 3}, nil)
	datatest.Must(t, err)
	if info := set.Info(); info.Count != 2 || !strings.Contains(fmt.Sprint(info.Notes), "2 frames of 1 animated picture or video, one in 3") {
		t.Errorf("%+v, want frames 0 and 3", info)
	}
	if _, err := Open(context.Background(), datatest.File("frames/mpeg4.avi"), Options{}, nil); err == nil || !strings.Contains(err.Error(), "ffmpeg -i") {
		t.Errorf("%v, want how to convert it", err)
	}
	file := filepath.Join(datatest.Tree(t, map[string][]byte{"cut.avi": datatest.Read(t, "frames", "video.avi")[:9000]}), "cut.avi")
	set, err = Open(context.Background(), file, Options{}, nil)
	if err != nil || set.Len() < 2 || set.Len() > 5 || len(set.Info().Skipped) == 0 {
		t.Errorf("%v, want what is there of a cut video", err)
	}
}
