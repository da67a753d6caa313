package container

import (
	"bytes"
	"context"
	"os"
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
