package explorepage

import (
	"slices"
	"testing"

	"ganvas/engine/ckpt"
)

func TestSpotText(t *testing.T) {
	z, other := []float32{1, 2}, []float32{1, 2, 3}
	for _, c := range []struct {
		name  string
		l     ckpt.Latent
		turn  bool // to as it is now
		want  string
		moves bool
	}{
		{"a picture", ckpt.Latent{Name: "heart", Step: 1055, Z: z, Thumb: []byte{1}}, false, "heart: as saved at step 1,055", true},
		{"now", ckpt.Latent{Name: "heart", Step: 1055, Z: z, Thumb: []byte{1}}, true, "heart: as it is now, at step 2,000", true},
		{"points", ckpt.Latent{Name: "left", Step: 5, Z: z, Points: [][2]float32{{1, 2}}}, false, "left: as saved at step 5", true},
		{"points of an earlier version", ckpt.Latent{Name: "left", Step: 5, Z: z}, false, "left: as it is now, at step 2,000", true},
		{"another generator", ckpt.Latent{Name: "heart", Step: 5, Z: other, Thumb: []byte{1}}, false, "heart: as saved at step 5, by another generator", false},
		{"another generator's points", ckpt.Latent{Name: "heart", Step: 5, Z: other}, false, "heart: of another generator, and saved without a picture", false},
	} {
		c.l.ID, c.l.Class, c.l.Part = 9, -1, -1
		kept := c.l.Thumb != nil || c.l.Points != nil
		from := spot{class: 2, part: -1}.atSeed("7", []float32{0, 0})
		s := from.atFind(c.l, kept)
		if c.turn {
			s.saved = false
		}
		if got := s.text(&c.l, kept, 2000); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if moved := slices.Equal(s.z, z); moved != c.moves || s.seed != "" || s.find != 9 || s.class != 2 {
			t.Errorf("%s: moved %v, seed %q, find %d, class %d", c.name, moved, s.seed, s.find, s.class)
		}
		if back := s.back(); back.origin != "seed 7" || back.seed != "7" || back.find != 0 || back.saved {
			t.Errorf("%s: reset leads to %+v", c.name, back)
		}
	}
}

func TestWayBetween(t *testing.T) {
	a, b := spot{z: []float32{1, 0}, class: 3, part: 0}, spot{z: []float32{0, 1}, class: 5, part: 1}
	for _, uniform := range []bool{false, true} {
		way := wayBetween(&a, &b, uniform)
		if len(way) != stripLength || way[0].class != 3 || way[stripLength-1].class != 5 || way[stripLength-1].part != 1 {
			t.Fatalf("uniform %v: %+v", uniform, way)
		}
		for k := range 2 {
			if got, want := way[0].z[k], a.z[k]; got-want > 1e-6 || want-got > 1e-6 {
				t.Errorf("uniform %v: begins at %v", uniform, way[0].z)
			}
		}
	}
	if wayBetween(&a, nil, false) != nil || wayBetween(&a, &spot{z: []float32{1}}, false) != nil {
		t.Error("a way without two ends that fit")
	}
}
