package datasets

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/prepare"
)

// The frames of Motion JPEG are what ffmpeg decodes, also without their Huffman tables.
func TestAVI(t *testing.T) {
	want := datatest.Read(t, "frames", "video.avi.rgba")
	whole := datatest.Read(t, "frames", "video.avi")
	for _, strip := range []bool{false, true} {
		var l files.Listing
		data := whole
		if strip { // each table segment becomes a comment, which decoders pass over
			data = bytes.ReplaceAll(whole, []byte("\xff\xc4\x01\xa2"), []byte("\xff\xfe\x01\xa2"))
			if bytes.Equal(data, whole) {
				t.Fatal("no table found in the video")
			}
		}
		datatest.Must(t, addAVI(context.Background(), &l, video{"v.avi", bytes.NewReader(data), int64(len(data))}, 0, dataset.StandardLimits))
		if len(l.Entries) != 6 {
			t.Fatalf("%d frames, want 6", len(l.Entries))
		}
		for i, e := range l.Entries {
			data, err := e.Contents(dataset.StandardLimits)
			datatest.Must(t, err)
			img, err := picture.DecodePicture(data, dataset.StandardLimits)
			if err != nil {
				t.Errorf("frame %d, tables left out: %v: %v", i, strip, err)
				continue
			}
			p := prepare.NewPreparer(16, 4, dataset.Options{Fit: "stretch"})
			p.Resize(img, img.Bounds(), img.Bounds().Size())
			if d := datatest.Difference(p.Scaled.Pix, want[i*32*24*4:(i+1)*32*24*4]); d > 4 {
				t.Errorf("frame %d differs by %d of 255", i, d)
			}
		}
	}
	// As ffmpeg makes it when it is told nothing else: what Pillow reads from the JPEGs in it, with
	// colour of half the resolution.
	set, err := Open(context.Background(), datatest.File("frames/plain.avi"), dataset.Options{Size: 32, Fit: "pad"}, nil)
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
	set, err = Open(context.Background(), datatest.File("frames/video.avi"), dataset.Options{Stride: 3}, nil)
	datatest.Must(t, err)
	if info := set.Info(); info.Count != 2 || !strings.Contains(fmt.Sprint(info.Notes), "2 frames of 1 animated picture or video, one in 3") {
		t.Errorf("%+v, want frames 0 and 3", info)
	}
	if _, err := Open(context.Background(), datatest.File("frames/mpeg4.avi"), dataset.Options{}, nil); err == nil || !strings.Contains(err.Error(), "ffmpeg -i") {
		t.Errorf("%v, want how to convert it", err)
	}
	file := filepath.Join(datatest.Tree(t, map[string][]byte{"cut.avi": whole[:9000]}), "cut.avi")
	set, err = Open(context.Background(), file, dataset.Options{}, nil)
	if err != nil || set.Len() < 2 || set.Len() > 5 || len(set.Info().Skipped) == 0 {
		t.Errorf("%v, want what is there of a cut video", err)
	}
}

// Whatever bytes come, every frame lies in the file.
func FuzzAVI(f *testing.F) {
	for _, name := range []string{"video.avi", "mpeg4.avi"} {
		data, err := os.ReadFile(datatest.File("frames/" + name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := dataset.StandardLimits
	lim.ArchiveEntries = 1000
	f.Fuzz(func(t *testing.T, data []byte) {
		var l files.Listing
		_ = addAVI(context.Background(), &l, video{"v", bytes.NewReader(data), int64(len(data))}, 0, lim)
		for _, e := range l.Entries {
			if e.Size > int64(len(data)) {
				t.Errorf("a frame of %d bytes in %d", e.Size, len(data))
			}
			if _, err := e.Contents(lim); err != nil {
				t.Errorf("%s: %v", e.Name, err)
			}
		}
	})
}
