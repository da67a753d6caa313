package field

import (
	"math"

	"ganvas/engine/gan"
)

// A Mesh is a grid over a latent of one or two numbers, and where a generator sends it. What lies
// in a cell of the grid lies in its image, so that the density of generated points in the image is
// the cell's probability by the image's area.
type Mesh struct {
	Columns, Rows int          // corners along the first number and along the second; Rows 1: the latent is one number
	At            [][2]float32 // images of the corners, row by row
	Mass          []float32    // probability of each cell, row by row; of each piece of the line where Rows is 1
}

const (
	gaussianSpan = 3.5 // of a grid of Gaussian latents, which leaves out 0.05 % on each axis
	meshCells    = 64  // along each number, of one mesh
	leastCells   = 16  // where several share the work
	mostMeshes   = 16
)

// meshes returns a mesh for each class and each generator that g tells apart, nil where a latent
// has more than two numbers or there are too many of them.
func meshes(g *gan.Generator) []Mesh {
	classes, parts := max(1, g.Classes()), g.Count()
	n := classes * parts
	if g.Latent() > 2 || n > mostMeshes {
		return nil
	}
	cells := max(leastCells, int(meshCells/math.Sqrt(float64(n))))
	m := newMesh(g.Latent(), g.Kind(), cells)
	for i := range m.Mass {
		m.Mass[i] /= float32(n)
	}
	z := m.latents(g.Latent(), g.Kind())
	class, part := g.Choice()
	defer g.Choose(class, part)
	var out []Mesh
	for class := range classes {
		for part := range parts {
			g.Choose(class, part)
			image := m
			image.At = pairs(g.Render(z, m.Columns*m.Rows))
			out = append(out, image)
		}
	}
	return out
}

// newMesh returns a mesh of latents of one or two numbers without its images.
func newMesh(latent int, kind string, cells int) Mesh {
	m := Mesh{Columns: cells + 1, Rows: 1}
	along := priorMasses(kind, cells)
	if latent == 1 {
		m.Mass = single(along)
		return m
	}
	m.Rows = cells + 1
	for _, row := range along {
		for _, column := range along {
			m.Mass = append(m.Mass, float32(row*column))
		}
	}
	return m
}

// span returns how far a grid of latents of a kind goes to either side.
func span(kind string) float64 {
	if kind == "uniform" {
		return 1
	}
	return gaussianSpan
}

// priorMasses returns the probability of each of so many equal parts of one number's range.
func priorMasses(kind string, parts int) []float64 {
	z := edges(-span(kind), span(kind), parts)
	out := make([]float64, parts)
	for i := range out {
		if kind == "uniform" {
			out[i] = 1 / float64(parts)
			continue
		}
		out[i] = (math.Erf(z[i+1]/math.Sqrt2) - math.Erf(z[i]/math.Sqrt2)) / 2
	}
	return out
}

// latents returns those of the corners.
func (m Mesh) latents(latent int, kind string) []float32 {
	s := span(kind)
	along := edges(-s, s, m.Columns-1)
	var z []float32
	for row := range m.Rows {
		for _, x := range along {
			z = append(z, float32(x))
			if latent == 2 {
				z = append(z, float32(along[row]))
			}
		}
	}
	return z
}

// Cell returns the images of a cell's corners in their order around it, and its density: the
// probability by the area. It is infinite where the image has none.
func (m Mesh) Cell(column, row int) (corners [4][2]float32, density float64) {
	at := row*m.Columns + column
	corners = [4][2]float32{m.At[at], m.At[at+1], m.At[at+m.Columns+1], m.At[at+m.Columns]}
	return corners, float64(m.Mass[row*(m.Columns-1)+column]) / area(corners)
}

// area returns that of a quadrilateral as two triangles, each counted whichever way it is turned: a
// cell that G folds over covers both.
func area(c [4][2]float32) float64 {
	triangle := func(a, b, d [2]float32) float64 {
		return math.Abs(float64(b[0]-a[0])*float64(d[1]-a[1])-float64(d[0]-a[0])*float64(b[1]-a[1])) / 2
	}
	return triangle(c[0], c[1], c[2]) + triangle(c[0], c[2], c[3])
}

// mostParts is in how many parts a cell is divided along each side at the most.
const mostParts = 24

// deposit adds the mesh's probability to the masses of a grid's cells. A cell of the mesh is
// divided until its parts are smaller than a cell of the grid. Each of them is spread evenly over a
// rectangle of the same extent, so that nothing is lost however thin it is.
func (m Mesh) deposit(masses []float64, g Grid) {
	if m.Rows == 1 {
		for i, mass := range m.Mass {
			a, b := g.place(m.At[i]), g.place(m.At[i+1])
			n := parts(a, b)
			w, h := math.Abs(b.x-a.x)/float64(n), math.Abs(b.y-a.y)/float64(n)
			for k := range n {
				g.spread(masses, between(a, b, (float64(k)+0.5)/float64(n)), w, h, float64(mass)/float64(n))
			}
		}
		return
	}
	places := make([]place, len(m.At))
	for i, p := range m.At {
		places[i] = g.place(p)
	}
	for row := range m.Rows - 1 {
		for column := range m.Columns - 1 {
			at := row*m.Columns + column
			g.depositCell(masses, places[at], places[at+1], places[at+m.Columns], places[at+m.Columns+1], float64(m.Mass[row*(m.Columns-1)+column]))
		}
	}
}

// depositCell deposits a cell of a mesh with the corners a and b, and c and d across from them.
func (g Grid) depositCell(masses []float64, a, b, c, d place, mass float64) {
	wide, high := max(parts(a, b), parts(c, d)), max(parts(a, c), parts(b, d))
	mass /= float64(wide * high)
	for j := range high {
		t := (float64(j) + 0.5) / float64(high)
		left, right := between(a, c, t), between(b, d, t)
		for i := range wide {
			s := (float64(i) + 0.5) / float64(wide)
			bottom, top := between(a, b, s), between(c, d, s)
			// A parallelogram is as wide as its sides are together: in variance, squared.
			w := math.Hypot((right.x-left.x)/float64(wide), (top.x-bottom.x)/float64(high))
			h := math.Hypot((right.y-left.y)/float64(wide), (top.y-bottom.y)/float64(high))
			g.spread(masses, between(left, right, s), w, h, mass)
		}
	}
}

// A place is a point in units of a grid's cells from its top left.
type place struct{ x, y float64 }

func (g Grid) place(p [2]float32) place {
	return place{(float64(p[0]) - g.XMin) / (g.XMax - g.XMin) * float64(g.W), (g.YMax - float64(p[1])) / (g.YMax - g.YMin) * float64(g.H)}
}

func between(a, b place, t float64) place { return place{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)} }

// parts returns in how many a way between two places is divided, so that each is shorter than a
// cell.
func parts(a, b place) int {
	n := max(math.Abs(b.x-a.x), math.Abs(b.y-a.y))
	if !(n < mostParts) { // also where a place is not a number
		return mostParts
	}
	return int(n) + 1
}

// spread adds mass to the cells below a rectangle around a place.
func (g Grid) spread(masses []float64, p place, w, h, mass float64) {
	const least = 1e-9 // of an extent
	w, h = max(w, least), max(h, least)
	left, right, top, bottom := p.x-w/2, p.x+w/2, p.y-h/2, p.y+h/2
	if !(right > 0 && bottom > 0 && left < float64(g.W) && top < float64(g.H)) {
		return
	}
	for row := max(0, int(math.Floor(top))); row < g.H && float64(row) < bottom; row++ {
		share := mass * (min(bottom, float64(row+1)) - max(top, float64(row))) / h
		for column := max(0, int(math.Floor(left))); column < g.W && float64(column) < right; column++ {
			masses[row*g.W+column] += share * (min(right, float64(column+1)) - max(left, float64(column))) / w
		}
	}
}

// Lines returns the images of every so many lines of the grid, along both numbers.
func (m Mesh) Lines(every int) [][][2]float32 {
	var out [][][2]float32
	for row := 0; row < m.Rows; row += every {
		out = append(out, m.At[row*m.Columns:(row+1)*m.Columns])
	}
	for column := 0; m.Rows > 1 && column < m.Columns; column += every {
		line := make([][2]float32, m.Rows)
		for row := range line {
			line[row] = m.At[row*m.Columns+column]
		}
		out = append(out, line)
	}
	return out
}

func pairs(xy []float32) [][2]float32 {
	out := make([][2]float32, len(xy)/2)
	for i := range out {
		out[i] = [2]float32{xy[2*i], xy[2*i+1]}
	}
	return out
}
