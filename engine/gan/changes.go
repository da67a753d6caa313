package gan

// Changes are changes of pictures before D sees them, one after the other, as numbers for programs
// that repeat a step elsewhere: what a kind that is not asked for would do has no numbers.
type Changes struct {
	Brightness, Saturation, Contrast []float32
	Maps                             []float32 // six numbers each: the places in the picture of what is seen
	Down, Right, Top, Left           []int
}

// DrawChanges draws the changes of n pictures of h × w pixels from s, as a trainer with the key
// augment draws them where each kind is as probable as p.
func DrawChanges(s *Stream, augment string, p float64, n, h, w int) Changes {
	var a augmentation
	a.begin(augment, n, h, w)
	a.p = p
	for i := range n {
		a.drawRow(s, i, h, w)
	}
	var c Changes
	if a.color {
		c.Brightness, c.Saturation, c.Contrast = a.brightness, a.saturation, a.contrast
	}
	if a.geometry {
		c.Maps = a.maps
	}
	if a.translation {
		c.Down, c.Right = a.down, a.right
	}
	if a.cutout {
		c.Top, c.Left = a.top, a.left
	}
	return c
}
