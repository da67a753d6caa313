// Package catalog lists sets of data that can be downloaded from their makers, and downloads them:
// resumed where it broke off, checked byte for byte, and never from anywhere else. It opens no set:
// that is what package datasets does with the files.
package catalog

import (
	"os"
	"path/filepath"
	"slices"
)

// File is one file of a set.
type File struct {
	URL    string // at its makers'
	Size   int64  // bytes
	SHA256 string // in hex
}

// Set is something that can be downloaded.
type Set struct {
	Name    string // short, for commands
	Title   string
	About   string
	Makers  string // who made it, and where it was published
	Page    string // where the makers describe it
	Licence string // short, and what it asks for
	Domain  string // of the makers: among its hosts a download may be sent on; empty: to none
	Files   []File
	Opens   string // the file that is opened; what belongs to it lies beside it
}

// sets are those whose makers let everybody download them. The sums are of the files as the makers
// serve them, and are those that TensorFlow Datasets recorded (url_checksums, checksums.tsv); the
// addresses are those to which the makers' pages lead today.
var sets = []Set{
	{
		Name: "fashion-mnist", Title: "Fashion-MNIST", About: "60,000 pictures of clothes, 28×28, grey, ten classes.",
		Makers:  "H. Xiao, K. Rasul, R. Vollgraf, Zalando Research, 2017 (arXiv:1708.07747)",
		Page:    "https://github.com/zalandoresearch/fashion-mnist",
		Licence: "MIT",
		Opens:   "train-images-idx3-ubyte.gz",
		Files: under("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
			File{"train-images-idx3-ubyte.gz", 26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"},
			File{"train-labels-idx1-ubyte.gz", 29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"},
			File{"t10k-images-idx3-ubyte.gz", 4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"},
			File{"t10k-labels-idx1-ubyte.gz", 5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"},
		),
	},
	{
		Name: "kmnist", Title: "Kuzushiji-MNIST", About: "60,000 old Japanese characters in cursive, 28×28, grey, ten classes.",
		Makers:  "T. Clanuwat and others, Center for Open Data in the Humanities, 2018 (arXiv:1812.01718)",
		Page:    "http://codh.rois.ac.jp/kmnist/",
		Licence: "CC BY-SA 4.0",
		Domain:  "codh.rois.ac.jp",
		Opens:   "train-images-idx3-ubyte.gz",
		Files: under("http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
			File{"train-images-idx3-ubyte.gz", 18165135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"},
			File{"train-labels-idx1-ubyte.gz", 29497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"},
			File{"t10k-images-idx3-ubyte.gz", 3041136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"},
			File{"t10k-labels-idx1-ubyte.gz", 5120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"},
		),
	},
	{
		Name: "cifar-10", Title: "CIFAR-10", About: "50,000 photos of animals and vehicles, 32×32, colour, ten classes.",
		Makers:  "A. Krizhevsky, V. Nair, G. Hinton, University of Toronto, 2009",
		Page:    "https://www.cs.toronto.edu/~kriz/cifar.html",
		Licence: "none stated; cite Krizhevsky 2009",
		Domain:  "cs.toronto.edu",
		Opens:   "cifar-10-binary.tar.gz",
		Files: under("https://cave.cs.toronto.edu/kriz/",
			File{"cifar-10-binary.tar.gz", 170052171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"}),
	},
	{
		Name: "cifar-100", Title: "CIFAR-100", About: "50,000 photos of things and beings, 32×32, colour, a hundred classes.",
		Makers:  "A. Krizhevsky, V. Nair, G. Hinton, University of Toronto, 2009",
		Page:    "https://www.cs.toronto.edu/~kriz/cifar.html",
		Licence: "none stated; cite Krizhevsky 2009",
		Domain:  "cs.toronto.edu",
		Opens:   "cifar-100-binary.tar.gz",
		Files: under("https://cave.cs.toronto.edu/kriz/",
			File{"cifar-100-binary.tar.gz", 168513733, "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"}),
	},
	{
		Name: "pets", Title: "Oxford-IIIT Pet", About: "7,400 photos of cats and dogs of 37 breeds, of many sizes, colour.",
		Makers:  "O. Parkhi, A. Vedaldi, A. Zisserman, C. V. Jawahar, University of Oxford, 2012",
		Page:    "https://www.robots.ox.ac.uk/~vgg/data/pets/",
		Licence: "CC BY-SA 4.0",
		Domain:  "robots.ox.ac.uk",
		Opens:   "images.tar.gz",
		Files: under("https://thor.robots.ox.ac.uk/pets/",
			File{"images.tar.gz", 791918971, "67195c5e1c01f1ab5f9b6a5d22b8c27a580d896ece458917e61d459337fa318d"}),
	},
}

// under completes the addresses of files in one place.
func under(base string, files ...File) []File {
	for i := range files {
		files[i].URL = base + files[i].URL
	}
	return files
}

// Sets returns all sets, in the order to show them.
func Sets() []Set { return slices.Clone(sets) }

// Find returns the set with a name.
func Find(name string) (Set, bool) {
	i := slices.IndexFunc(sets, func(s Set) bool { return s.Name == name })
	if i < 0 {
		return Set{}, false
	}
	return sets[i], true
}

// Name returns the name of the file on the disk.
func (f File) Name() string { return filepath.Base(f.URL) }

// Size returns the bytes of all files.
func (s Set) Size() (bytes int64) {
	for _, f := range s.Files {
		bytes += f.Size
	}
	return bytes
}

// Path returns the file to open, where sets are downloaded to dir, whether it is there or not.
func (s Set) Path(dir string) string { return filepath.Join(dir, s.Name, s.Opens) }

// Here says whether the whole set is in dir. A file gets its name only once its bytes were checked.
func (s Set) Here(dir string) bool {
	for _, f := range s.Files {
		if !f.here(filepath.Join(dir, s.Name, f.Name())) {
			return false
		}
	}
	return true
}

func (f File) here(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() == f.Size
}

// Loaded returns how many bytes of the set are in dir, those of unfinished downloads included.
func (s Set) Loaded(dir string) (bytes int64) {
	for _, f := range s.Files {
		path := filepath.Join(dir, s.Name, f.Name())
		if f.here(path) {
			bytes += f.Size
		} else if info, err := os.Stat(path + partEnding); err == nil {
			bytes += min(info.Size(), f.Size)
		}
	}
	return bytes
}

// Remove deletes the set from dir, unfinished downloads included.
func (s Set) Remove(dir string) error { return os.RemoveAll(filepath.Join(dir, s.Name)) }
